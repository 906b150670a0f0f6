"""Long work beside the window: see `viewer.work`, which the document uses too."""

from viewer.work import Work as Work
