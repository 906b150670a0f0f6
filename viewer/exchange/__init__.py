"""Readers of other tools' data: bytes in, plain rows out."""
