"""Arrays in a file: read where they lie, and only as they were written."""

from __future__ import annotations

import json
import os
import stat
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from db import arrays

if TYPE_CHECKING:
    from pathlib import Path

MADE = {
    "날": np.arange(-5, 40, dtype=np.int64),
    "pairs": np.arange(12, dtype=np.int16).reshape(6, 2),
    "none": np.zeros(0, np.float64),
    "truths": np.array([True, False, True]),
    "texts": np.frombuffer("한미동맹\xff방위비".encode(), np.uint8),
}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "기둥.arrays"
    arrays.write(path, {"of": ["한", 1, None]}, MADE)
    return path


def test_what_was_written_is_read_and_cannot_be_written_to(written: Path) -> None:
    read = arrays.read(written)
    assert read is not None
    told, found = read
    assert told == {"of": ["한", 1, None]}
    assert found.keys() == MADE.keys()
    for name, each in MADE.items():
        assert found[name].dtype == each.dtype
        assert np.array_equal(found[name], each)
        assert not found[name].flags.writeable


@pytest.mark.skipif(not hasattr(os, "pread"), reason="the system has no means for it")
def test_a_few_octets_are_cut_out_as_long_as_somebody_asks(written: Path) -> None:
    read = arrays.read(written)
    assert read is not None
    cut = read[1].cutter("texts")
    assert cut is not None
    del read
    written.unlink()
    assert cut(0, 12).decode() == "한미동맹"
    assert cut(14, 23).decode() == "방위비"


@pytest.mark.skipif(os.name == "nt", reason="rights are told otherwise there")
def test_it_is_readable_for_its_user_alone(written: Path) -> None:
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert list(written.parent.iterdir()) == [written]


def test_with_any_octet_another_one_it_is_the_same_or_nothing(written: Path) -> None:
    whole = written.read_bytes()
    same = 0
    for place in range(len(whole)):
        written.write_bytes(whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])
        read = arrays.read(written)
        if read is not None:
            same += 1
            assert all(np.array_equal(each, read[1][name]) for name, each in MADE.items())
    assert same < len(whole) / 2  # only what fills up to the next edge


def test_cut_short_anywhere_it_is_nothing(written: Path) -> None:
    whole = written.read_bytes()
    for length in range(0, len(whole) - 64, 7):
        written.write_bytes(whole[:length])
        assert arrays.read(written) is None


def test_objects_are_never_read(tmp_path: Path) -> None:
    """Whatever the checksums say: what is no number could run something."""
    path = tmp_path / "것.arrays"
    octets = b"\1" * 16
    head = json.dumps([None, [["a", "|O", [2], 0, zlib.crc32(octets)]]])
    start = f"{zlib.crc32(head.encode()):08x}\n{head}\n".encode()
    path.write_bytes(start + b"\0" * (-len(start) % 64) + octets)
    assert arrays.read(path) is None


def test_what_cannot_be_written_leaves_what_was_there(written: Path) -> None:
    before = written.read_bytes()
    with pytest.raises(TypeError):
        arrays.write(written, None, {"것": np.array([None, "글"], object)})
    with pytest.raises(OSError, match="없는 폴더"):
        arrays.write(written.parent / "없는 폴더" / "것", None, MADE)
    assert written.read_bytes() == before
    assert list(written.parent.iterdir()) == [written]
    assert arrays.read(written.parent) is None
