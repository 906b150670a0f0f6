"""Texts of dates in every form of our grammar, for hypothesis to choose from."""

from __future__ import annotations

from hypothesis import strategies as st

from db import dates

years = st.integers(0, 9999)
qualifiers = st.sampled_from(["", "?", "~", "%"])


def _day_text(year: int, month: int, dom: int) -> str:
    return f"{year:04d}-{month:02d}-{min(dom, dates.month_length(year, month)):02d}"


whole_days = st.builds(_day_text, years, st.integers(1, 12), st.integers(1, 31))
months = st.builds("{:04d}-{:02d}".format, years, st.integers(1, 12))
seasons = st.builds("{:04d}-{}".format, years, st.integers(21, 24))
plain = st.one_of(
    whole_days,
    months,
    st.builds("{:04d}".format, years),
    st.builds("{:03d}X".format, st.integers(0, 999)),
    st.builds("{:02d}XX".format, st.integers(0, 99)),
    st.builds("{:04d}-XX".format, years),
    st.builds("{}-XX".format, months),
)
written_out = st.builds(
    "{}{}".format, st.one_of(whole_days, months, st.builds("{:04d}".format, years)), qualifiers
)
qualified = st.builds("{}{}".format, plain, qualifiers)
singles = st.builds("{}{}".format, st.one_of(plain, seasons), qualifiers)


@st.composite
def intervals(draw: st.DrawFn, part: st.SearchStrategy[str] = singles) -> str:
    first, second = draw(part), draw(part)
    if dates.parse(first).sort_key > dates.parse(second).sort_key:
        first, second = second, first
    return f"{first}/{second}"


half_open = st.one_of(
    st.builds("{}/..".format, singles),
    st.builds("../{}".format, singles),
    st.builds("{}/".format, singles),
    st.builds("/{}".format, singles),
)
any_date = st.one_of(singles, intervals(), half_open)
