"""The catalogue: every text that a person sees, by key, in English and in Korean.

The texts stand in `resources/words/<language>/<room>.po`, compiled into one
`resources/words/<language>.mo` that gettext reads. In a checkout a catalogue older than its
sources is compiled at its first use, so that an edited text shows at the next start.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from typing import TYPE_CHECKING

from db.records import Bilingual
from viewer.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

    from db.errors import AllianceError
    from db.records import Language


@cache
def _catalogue(language: Language) -> GNUTranslations:
    folder = resource("words")
    compiled = folder / f"{language}.mo"
    if _is_stale(compiled, folder / language):
        from viewer.words.compile import compiled_bytes, write

        try:
            write(folder, language)
        except OSError:  # an installation that cannot be written to
            return GNUTranslations(BytesIO(compiled_bytes(folder / language)))
    with compiled.open("rb") as file:
        return GNUTranslations(file)


def _is_stale(compiled: Path, sources: Path) -> bool:
    if not compiled.exists():
        return True
    made = compiled.stat().st_mtime_ns
    # The folder tells of a source that was taken away; an installation has neither.
    return any(
        source.stat().st_mtime_ns > made
        for source in (sources, *sources.glob("*.po"))
        if source.exists()
    )


def t(key: str, language: Language, /, **fields: object) -> str:
    """The text of a key, its `{fields}` filled in. Raises KeyError for an unknown key."""
    text = _catalogue(language).gettext(key)
    if text == key:
        raise KeyError(f"no text for {key!r} in {language}")
    return text.format(**fields) if fields else text


def n(key: str, count: int, language: Language, /, **fields: object) -> str:
    """The text of a key for a number of things; `{n}` is the number."""
    text = _catalogue(language).ngettext(key, key, count)
    if text == key:
        raise KeyError(f"no text for {key!r} in {language}")
    return text.format(n=count, **fields)


def term(kind: str, value: str, language: Language) -> str:
    """The word for a value of one of the closed lists of `db.records`: kind "role", value
    "in force", for example."""
    return t(f"{kind}.{value.replace(' ', '-')}", language)


def explain(error: AllianceError, language: Language) -> str:
    """The sentence for a known error. What has a name in both languages is called by that of the
    sentence's."""
    fields = {
        name: value.text(language) if isinstance(value, Bilingual) else value
        for name, value in error.fields.items()
    }
    return t(f"error.{error.code}", language, **fields)
