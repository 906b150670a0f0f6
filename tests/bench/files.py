"""Timeline files of any size for measuring, with the events that `synthetic` makes up.

What an import would leave: every row in the log, under one changeset. Written without the
triggers, which are put back, in a tenth of the time that an import takes.

Where several measurements follow one another, the environment names a folder in which a file of
each size is made up once (`FOLDER`), and each has a copy of its own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from db import dates, schema
from db.columns import INTERVAL
from db.store import Store
from tests.bench.synthetic import synthetic

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "ALLIANCE_TIMELINE_BENCH"
_CHANGESET = 9
_EVENT = "INSERT INTO event (id, kind_id, importance, title_en, title_ko) VALUES (?, ?, ?, ?, ?)"
_DATE = (
    "INSERT INTO event_date (id, event_id, role, edtf, first_day, last_day, shape, is_primary)"
    " VALUES (?, ?, 'occurred', ?, ?, ?, ?, 1)"
)
_LANE = "INSERT INTO event_lane (id, event_id, lane_id, position) VALUES (?, ?, ?, 1)"
_LOG = (
    "INSERT INTO change (changeset_id, table_name, row_id, action)"
    " SELECT ?, '{0}', id, 'insert' FROM {0} WHERE id < ?"
)


def put(path: Path, count: int) -> None:
    """Puts a file with so many events at `path`."""
    if (folder := os.environ.get(FOLDER)) is None:
        write(path, count)
        return
    made = Path(folder, f"{count}.alliance")
    if not made.exists():
        write(made, count)
    shutil.copyfile(made, path)


def timeline_at(path: Path, folder: Path) -> Path:
    """A timeline itself; of a table of events (CSV) one that it is imported into, in `folder`."""
    if path.suffix.lower() not in (".csv", ".tsv"):
        return path
    made = folder / "imported.alliance"
    Store.create(made, empty=True).close()
    command = [sys.executable, "-m", "viewer", "import", str(made), str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return made


def write(path: Path, count: int) -> None:
    """Makes the file, with the lanes and kinds of the shipped data and none of their events."""
    with Store.create(path, empty=True) as store:
        timeline = store.timeline()
    lanes, kind = [lane.id for lane in timeline.lanes], timeline.kinds[0].id
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        triggers = [(name, sql) for name, (of, sql) in schema.objects().items() if of == "trigger"]
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        first = connection.execute("SELECT max(max(id), 1) FROM event").fetchone()[0] or 0
        assert not first, "an empty file has no events"
        for event, date, lane in _rows(count, lanes, kind):
            connection.execute(_EVENT, event)
            connection.execute(_DATE, date)
            connection.execute(_LANE, lane)
        connection.execute(
            "INSERT INTO changeset (id, origin, label, time)"
            " VALUES (?, 'edit', 'import: made up', '2026-11-01T00:00:00.000Z')",
            (_CHANGESET,),
        )
        for table in ("event", "event_date", "event_lane"):
            connection.execute(_LOG.format(table), (_CHANGESET, 2 * count + 1))
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")


def _rows(
    count: int, lanes: list[int], kind: int
) -> Iterator[tuple[tuple[object, ...], tuple[object, ...], tuple[object, ...]]]:
    columns = synthetic(count).columns
    importance, within = columns.importance.tolist(), columns.lanes[:, 0].tolist()
    first, last, shape = columns.first.tolist(), columns.last.tolist(), columns.shape.tolist()
    for row in range(count):
        title = columns.label_en[row]
        titles = (title, None) if title.isascii() else (None, title)
        edtf = dates.to_iso(first[row])
        if shape[row] & INTERVAL:
            edtf += "/" + dates.to_iso(last[row])
        ident = row + 1
        yield (
            (ident, kind, importance[row], *titles),
            (ident, ident, edtf, first[row], last[row], shape[row]),
            (ident, ident, lanes[within[row] % len(lanes)]),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("count", type=int)
    options = parser.parse_args()
    write(options.path, options.count)


if __name__ == "__main__":
    main()
