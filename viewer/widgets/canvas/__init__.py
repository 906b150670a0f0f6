"""The picture in the window: shown, walked through, dragged, and laid out beside it."""
