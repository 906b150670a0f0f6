"""Pages: presets, free sizes, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import AllianceError
from viewer.render.pages import MAX_AREA, MAX_SIDE, MIN_SIDE, PRESETS, dots, page, size


def refusal(code: str, **fields: object) -> object:
    """A context in which a page is refused with `code` and at least these fields."""
    return pytest.raises(
        AllianceError,
        check=lambda error: (
            error.code == code
            and all(error.fields[name] == value for name, value in fields.items())
        ),
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("16:9", (1920, 1080)),
        ("a4", (1684, 1191)),
        ("a4-portrait", (1191, 1684)),
        ("a3", (2381, 1684)),
        ("a3-portrait", (1684, 2381)),
    ],
)
def test_a_preset_has_144_dots_an_inch(name: str, expected: tuple[int, int]) -> None:
    assert page(name).dots == expected
    assert page(name).dpi == 144


def test_a4_is_297_by_210_millimetres_at_any_density() -> None:
    for dpi in (96, 144, 300, 600):
        width, height = page("a4", dpi).inches
        assert width * 25.4 == pytest.approx(297)
        assert height * 25.4 == pytest.approx(210)


def test_more_dots_an_inch_leave_the_picture_as_large_as_it_is() -> None:
    assert page("16:9", 300).width == page("16:9").width == pytest.approx(1280)
    assert page("16:9", 300).dots == (4000, 2250)


@pytest.mark.parametrize("text", ["1920x1080", " 1920 X 1080 ", "1920×1080"])
def test_a_free_size_is_in_dots(text: str) -> None:
    made = size(text)
    assert made.dots == (1920, 1080)
    assert (made.width, made.height, made.scale) == (1920, 1080, 1)


def test_a_free_size_at_192_dots_an_inch_is_a_picture_of_half_the_px() -> None:
    made = size("3840x2160", 192)
    assert made.dots == (3840, 2160)
    assert (made.width, made.height, made.scale) == (1920, 1080, 2)


def test_the_limits_themselves_are_possible() -> None:
    assert size("64x64").dots == (64, 64)
    assert size("65535x64").dots == (65535, 64)
    assert size("20000x10000").dots == (20000, 10000)


@pytest.mark.parametrize(
    "text", ["", "1920", "1920x", "-1920x1080", "19.2x10", "١٩٢٠x1080", "가x나"]
)
def test_what_is_no_size_is_refused_as_such(text: str) -> None:
    with refusal("size.refused.form", size=text):
        size(text)


@pytest.mark.parametrize("text", ["63x1080", "1920x63", "65536x100", "0x0"])
def test_a_side_too_short_or_too_long_is_refused_with_the_limits(text: str) -> None:
    with refusal("size.refused.side", size=text, least=64, most=65535):
        size(text)


def test_more_than_200_million_px_are_refused() -> None:
    with refusal("size.refused.area", size="20001x10000", most=200):
        size("20001x10000")


def test_a_preset_with_too_many_dots_is_refused() -> None:
    with refusal("size.refused.area"):
        page("a3", 1500)


@pytest.mark.parametrize("dpi", [0, -96, 0.5, 9601, float("nan"), float("inf")])
def test_a_density_out_of_range_is_refused(dpi: float) -> None:
    with refusal("size.refused.dpi"):
        page("a4", dpi)
    with refusal("size.refused.dpi"):
        size("1920x1080", dpi)


def test_a_picture_smaller_than_a_stamp_on_paper_is_refused() -> None:
    with refusal("size.refused.inches", dpi="600"):
        size("100x100", 600)


def test_an_unknown_page_is_refused_with_the_known_ones() -> None:
    with refusal("page.unknown", page="a5", known=", ".join(PRESETS)):
        page("a5")


@given(
    st.integers(0, 70_000),
    st.integers(0, 70_000),
    st.one_of(st.none(), st.floats(1, 1200)),
)
def test_a_page_that_is_made_has_just_the_asked_dots(
    width: int, height: int, dpi: float | None
) -> None:
    try:
        made = dots(width, height, dpi)
    except AllianceError as error:
        refused = error.code
    else:
        refused = ""
    if refused:
        assert refused.startswith("size.refused.")
        return
    assert made.dots == (width, height)
    assert min(made.dots) >= MIN_SIDE
    assert max(made.dots) <= MAX_SIDE
    assert width * height <= MAX_AREA
