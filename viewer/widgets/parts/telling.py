"""Records in words: the lines of the inspector and the reader, without widgets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from db import dates
from db.errors import AllianceError
from db.records import LANGUAGES
from viewer.words import n, term
from viewer.words.dates import edtf_words, moment_words, weekday_words

if TYPE_CHECKING:
    from db.changes import LoggedChangeSet
    from db.details import LinkDetail, QuoteDetail, SourceSummary
    from db.records import Citation, Claim, Figure, Quote, Source
    from viewer.widgets.parts.look import Look

_PAGED = "application/pdf"  # its numbers are those of pages
STATE_SIGNS = {"intact": "✓", "moved": "⇢", "broken": "✕"}
STANCE_SIGNS = {"supports": "＋", "disputes": "−", "context": "○"}
SEEN_SIGNS = {"full": "●", "excerpt": "◐", "not seen": "○"}

_A_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d))?")
_A_RANGE = re.compile(r"[\d.,]+/[\d.,]+")


def quoted(exact: str) -> str:
    """Exact words between quotation marks; nothing else is ever put between them."""
    return f"“{exact}”"


def date_in_words(edtf: str, look: Look) -> str:
    """A date as it is said, with its weekday where it is one day."""
    date = dates.parse(edtf)
    words = edtf_words(edtf, look.language)
    if date.interval or date.first is None or date.first != date.last:
        return words
    return look.t("inspector.weekday", date=words, weekday=weekday_words(date.first, look.language))


def date_with_edtf(edtf: str, look: Look) -> str:
    """A date as it is said and as it is written."""
    return f"{date_in_words(edtf, look)} · {edtf}"


def dated(title: str, edtf: str | None, look: Look) -> str:
    """A title with its date in brackets."""
    return f"{title} ({edtf_words(edtf, look.language)})" if edtf else title


def language_name(code: str, look: Look) -> str:
    """The name of a language of ours, the code of another."""
    return look.t(f"inspector.language.{code}") if code in LANGUAGES else code


def edition(source: Source | SourceSummary, look: Look) -> str:
    """That the source is itself a translation, and whose; empty where it is none."""
    if not source.translation_from:
        return ""
    known = source.language in LANGUAGES
    key = f"inspector.edition-of.{source.language if known else 'other'}"
    names = {
        "edition": look.t(key) if known else look.t(key, code=source.language),
        "original": language_name(source.translation_from, look),
    }
    by = look.text(source.translation_by)
    if not by:
        return look.t("inspector.edition", **names)
    return look.t("inspector.edition-by", by=by, **names)


def stance(detail: QuoteDetail, look: Look) -> str:
    """What the quote does to the claim, on what, and whether it reports, plans or foretells."""
    evidence = detail.evidence
    parts = [
        term("stance", evidence.stance, look.language),
        term("aspect", evidence.aspect, look.language),
        term("mode", evidence.mode, look.language),
    ]
    return f"{STANCE_SIGNS[evidence.stance]} {' · '.join(parts)}"


def speaker(quote: Quote, look: Look) -> str:
    """Who said it, in which role; plainly where the source gives no name."""
    told = look.text(quote.speaker.name)
    # A headline has no speaker to be named.
    if not quote.speaker.named and quote.form != "headline":
        told = look.t("inspector.not-named", name=told)
    role = look.text(quote.speaker.role)
    return f"{told} · {role}" if role else told


def place(label: str, look: Look, media_type: str = "") -> str:
    """A page or paragraph by its number, or from the first to the last of several; any other
    place by its own label."""
    first, _, last = label.partition("–")
    if not (first.isdigit() and (last or first).isdigit()):
        return label
    if media_type != _PAGED:
        return f"¶ {label}"
    if last:
        return look.t("citation.pages", first=first, last=last)
    return look.t("citation.page", number=first)


def standing(detail: QuoteDetail, look: Look) -> str:
    """The form of the quote, where it stands and whether it still does."""
    state = detail.quote.state
    parts = [
        term("form", detail.quote.form, look.language),
        place(detail.place, look, detail.source.media_type),
        f"{STATE_SIGNS[state]} {term('state', state, look.language)}",
    ]
    return " · ".join(part for part in parts if part)


def figure(found: Figure, look: Look) -> str:
    """The words that give the number, the number, and what it counts."""
    value, unit = number(found.value, look), look.text(found.unit)
    if unit:
        key = "inspector.figure-date" if _A_DATE.fullmatch(found.value) else "inspector.figure-unit"
        value = look.t(key, value=value, unit=unit)
    told = look.t("inspector.figure", exact=quoted(found.exact), value=value)
    if found.edtf:
        as_of = edtf_words(found.edtf, look.language)
        told = f"{told} ({look.t('inspector.figure-as-of', date=as_of)})"
    note = look.text(found.note)
    return f"{told}. {note}" if note else told


def number(value: str, look: Look) -> str:
    """A figure's value: a range with a dash, a date in words, anything else as it is."""
    if _A_DATE.fullmatch(value):
        return edtf_words(value, look.language)
    return value.replace("/", "–") if _A_RANGE.fullmatch(value) else value


def claimed(claim: Claim, look: Look) -> str:
    """The value of a claim; a date in words and as it is written."""
    value = look.text(claim.value)
    if claim.aspect != "date":
        return value
    try:
        return date_with_edtf(value, look)
    except AllianceError:  # what another tool wrote there is shown as it is
        return value


def citation(found: Citation, look: Look) -> str:
    """Who issued the document, when, and where in it the fact stands."""
    date = edtf_words(found.edtf, look.language) if found.edtf else ""
    return " · ".join(part for part in (found.body, date, found.locator) if part)


def seen(found: Citation, look: Look) -> str:
    """How far the document was seen."""
    return f"{SEEN_SIGNS[found.seen]} {term('seen', found.seen, look.language)}"


def stance_counts(quotes: tuple[QuoteDetail, ...], look: Look) -> str:
    """How many quotes there are of each stance."""
    found = [detail.evidence.stance for detail in quotes]
    return " · ".join(
        f"{term('stance', each, look.language)} {found.count(each)}"
        for each in STANCE_SIGNS
        if each in found
    )


def link_heading(link: LinkDetail, look: Look) -> str:
    """What the other event is to this one."""
    way = "to" if link.outgoing or link.type == "related" else "from"
    return look.t(f"inspector.link.{way}.{link.type.replace(' ', '-')}")


def link_sign(link: LinkDetail) -> str:
    if link.type == "related":
        return "↔"
    return "→" if link.outgoing else "←"


def is_web_address(url: str) -> bool:
    """Whether an address may be opened at all: nothing but http and https."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def host(url: str) -> str:
    return urlsplit(url).hostname or ""


def edited_by(last: LoggedChangeSet, look: Look) -> str:
    """When the facts were last edited, and by whom where the log knows a name."""
    when = moment_words(last.time, look.language)
    if not last.author:
        return look.t("inspector.edited-at", when=when)
    return look.t("inspector.edited-by", when=when, author=last.author)


def counted(key: str, count: int, look: Look) -> str:
    return n(key, count, look.language)
