"""Words for people: the catalogue, and dates as they are said."""

from viewer.words.catalogue import explain, n, t, term

__all__ = ["explain", "n", "t", "term"]
