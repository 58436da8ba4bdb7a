"""XML from strangers: no document type, no entities, no network, bounded depth."""

from __future__ import annotations

import re

from lxml import etree

from ingest.readers.failure import ReadError

_PROLOG = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)


def parse(data: bytes, name: str) -> etree._Element:
    """The root element. Raises ReadError for what is not well-formed or carries a document type."""
    probe = data.replace(b"\0", b"") if data[:200].count(0) > 10 else data
    first_element = re.search(rb"<[A-Za-z_]", probe)
    if _PROLOG.search(probe, 0, first_element.start() if first_element else len(probe)):
        raise ReadError(
            "unsafe",
            f"{name}: declares a document type (DOCTYPE), which can hide files. Remove the declaration.",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("corrupt", f"{name}: not well-formed XML ({error}). Fetch it again.") from error
    if root is None or (info := root.getroottree().docinfo) is None or info.internalDTD is not None:
        raise ReadError("unsafe", f"{name}: declares a document type (DOCTYPE). Remove the declaration.")
    return root


def local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
