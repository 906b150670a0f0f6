"""The families that have Hangul, best first; each stands for one system or distribution."""

from __future__ import annotations

FAMILIES = (
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Source Han Sans KR",
    "Source Han Sans K",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "NanumGothic",
    "Nanum Gothic",
    "NanumBarunGothic",
    "Nanum Barun Gothic",
    "UnDotum",
    "Baekmuk Dotum",
)
