"""How many labels stay on the picture, against a placement made for each window alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.store import Store
from tests.bench.density import density
from tests.bench.synthetic import synthetic
from tests.pictures import MEASURE

if TYPE_CHECKING:
    from pathlib import Path


def test_the_shipped_data_show_nearly_all_labels_and_lose_no_turning_point(shipped: Path):
    with Store.open(shipped, read_only=True) as store:
        kept = density(store.timeline(), MEASURE)
    assert kept.mean > 0.96
    assert kept.worst > 0.88
    assert kept.fourth > 0.98
    assert kept.fifth == 1.0


def test_among_ten_thousand_events_most_labels_and_most_important_ones_are_shown():
    kept = density(synthetic(10_000), MEASURE, windows=8)
    assert kept.mean > 0.83
    assert kept.worst > 0.72
    assert kept.fourth > 0.86
    assert kept.fifth > 0.93
