"""The line of editions that a source stands in."""

from __future__ import annotations

# How far an edition is from the first of its line; a ring of editions has none.
EDITIONS = """
    WITH RECURSIVE edition (id, number) AS (
        SELECT id, 0 FROM source WHERE supersedes_id IS NULL
        UNION ALL
        SELECT source.id, number + 1 FROM source JOIN edition ON supersedes_id = edition.id
    )"""
