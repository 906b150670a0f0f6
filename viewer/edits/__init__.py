"""Edits: what a person wants, turned into the changes that do it. Pure: no Qt, no SQL.

An edit looks at rows as they are stored (`Store.rows_about`) and spells out every change, with
all that goes along with it; what cannot be is refused here, in a sentence, before anything is
written.

Dates have two ways in: as they are typed (`typed_dates`) and as they are dragged (`moving`).
"""
