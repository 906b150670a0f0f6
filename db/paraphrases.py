"""Paraphrases: the quote in somebody's own words. They stand among its translations, whose maker
and age they share; their language tag tells them from those."""

_PARAPHRASE = "-x-gist"  # a private subtag, as BCP 47 has them


def paraphrase_in(language: str) -> str:
    """The language tag of a paraphrase: it stands with the translations, whose maker and age it
    shares, and this tells it from them."""
    return language + _PARAPHRASE


def paraphrased(language: str) -> str:
    """The language of a paraphrase by its tag; empty for that of a translation."""
    return language.removesuffix(_PARAPHRASE) if language.endswith(_PARAPHRASE) else ""
