"""Ink: the one painter for Qt, the writers of files, the pages."""
