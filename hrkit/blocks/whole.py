"""The blocks of a document as a whole: what holds for all of it, its first page, its contents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Contents", "Cover", "DocumentInfo"]


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What holds for the whole document; the first block of a report.

    Parameters
    ----------
    title, language
        Required by PDF/UA; ``language`` is a code such as ``da``.
    tag
        The language with its country (``da-DK``), for formats that know several of a language.
    subtitle, author, client, date, confidentiality
        Strings as they are printed.  ``author`` also goes to the PDF's metadata.
    stamp
        ISO date (``2026-11-21``) used as the file's fixed creation time.
    primary, accent
        Brand colours as ``#rrggbb``, already checked for contrast.
    paper
        ``a4`` or ``us-letter``.
    landscape
        The pages lie on their side.
    header, footer
        Running texts; the page number is added by the renderer.
    mark
        A word printed on every page, such as DRAFT or SYNTHETIC; empty for none.
    words
        What the renderers say by themselves, in the document's language; the keys are those of
        `hrkit.publish.says`, which says it in English where nothing is given.
    """

    title: str
    language: str
    subtitle: str = ""
    author: str = ""
    client: str = ""
    date: str = ""
    stamp: str = "2000-01-01"
    confidentiality: str = ""
    contact: str = ""
    primary: str = "#0b5d7a"
    accent: str = "#b35c00"
    paper: str = "a4"
    landscape: bool = False
    header: str = ""
    footer: str = ""
    mark: str = ""
    tag: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    type: Literal["document"] = "document"


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page, full bleed in the brand's colour.

    ``art`` is an SVG in white and accent on transparent, ``art_alt`` says what it shows;
    ``logo`` is an SVG text or a PNG as ``data:image/png;base64,…``.
    """

    title: str
    subtitle: str = ""
    client: str = ""
    author: str = ""
    date: str = ""
    confidentiality: str = ""
    legend: str = ""
    mark: str = ""
    art: str = ""
    art_alt: str = ""
    logo: str = ""
    logo_alt: str = ""
    type: Literal["cover"] = "cover"


@dataclass(frozen=True, slots=True)
class Contents:
    """Table of contents, made by the renderer from the headings of level 1 (and 2, by depth).

    Headings whose id is in ``skip`` are listed elsewhere on the page: the contents then go on there,
    under a smaller title, instead of having a page of their own.
    """

    title: str
    depth: int = 1
    skip: tuple[str, ...] = ()
    type: Literal["contents"] = "contents"
