"""What a document of annotations or references would bring into a file: read, compared, not yet
written. For the window and the command line alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from db.errors import AllianceError
from db.portable import targets_of
from viewer.edits import annotating, referring
from viewer.exchange import annotations_in, csl_in
from viewer.exchange.json_tree import MOST_BYTES, parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from db.store import Store
    from viewer.edits.edit import Edit
    from viewer.exchange.json_tree import Node

    Progress = Callable[[int, int], object]

ExchangeKind = Literal["annotations", "csl"]


class Reading(NamedTuple):
    """A document that was read, and what the file was like then (the number of its last change)."""

    kind: ExchangeKind
    plan: annotating.Plan | referring.Plan
    edit: Edit
    seen: int


def bytes_at(path: Path) -> bytes:
    """The bytes of a file. Raises `import.unreadable` (path, reason) and `json.large` (most)."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AllianceError("import.unreadable", path=path, reason=reason) from error
    if len(data) > MOST_BYTES:
        raise AllianceError("json.large", most=MOST_BYTES >> 20)
    return data


def read(
    data: bytes,
    name: str,
    store: Store,
    kind: ExchangeKind | None = None,
    source_id: int | None = None,
    progress: Progress | None = None,
) -> Reading:
    """What a document would do to the file of a store; with `source_id` all its annotations are
    about that source. Raises as the readers do, and `json.unknown` where it is of neither kind."""
    root = parse(data)
    kind = kind or _kind(root)
    seen = store.last_change()
    if kind == "csl":
        references = referring.plan(csl_in.read_tree(root), store.portable_sources())
        return Reading(kind, references, referring.edit(references, name), seen)
    found = annotations_in.read_tree(root)
    known = store.known_quotes(targets_of(found))
    quotes = annotating.plan(found, known, source_id, progress)
    return Reading(kind, quotes, annotating.edit(quotes, name), seen)


def written(store: Store, kind: ExchangeKind, source_id: int | None = None) -> tuple[bytes, int]:
    """The quotes (or those of one source) or the sources of a file as a document, and how many
    they are."""
    from viewer.exchange import annotations_out, csl_out

    if kind == "annotations":
        quotes = store.portable_quotes(source_id)
        return annotations_out.write(quotes, store.file_id()), len(quotes)
    sources = [each for each in store.portable_sources() if source_id in (None, each.id)]
    return csl_out.write(sources), len(sources)


def _kind(root: Node) -> ExchangeKind:
    if annotations_in.has_annotations(root):
        return "annotations"
    if csl_in.has_items(root):
        return "csl"
    raise AllianceError("json.unknown")
