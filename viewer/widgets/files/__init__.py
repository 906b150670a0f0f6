"""Whole files: opened, kept safe, told the history of, imported into and exported from."""
