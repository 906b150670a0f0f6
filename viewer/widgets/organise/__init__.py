"""Putting lanes, kinds, tags, schemes and stages in order."""
