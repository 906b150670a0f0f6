"""Trees of XML that `archive.check_xml` has looked over: no entity, no network, no deep nesting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import AllianceError

if TYPE_CHECKING:
    from lxml.etree import _Element


def tree(data: bytes) -> _Element:
    """The root. Raises `source.broken`."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,  # text nodes may be long; depth and size are limited already
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise AllianceError("source.broken") from error


def local(element: _Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
