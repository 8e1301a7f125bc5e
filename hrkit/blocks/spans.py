"""Runs of text with a style, and where they may lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["Span", "Text", "b", "em", "inner_link", "plain", "sound_link"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with one style.

    ``link`` is an absolute http(s) or mailto address, or ``#id`` of a heading of the document; such a
    link without a text is the number of the heading's page, where there are pages.

    Styles that draw: ``filled`` and ``outlined`` are a figure in a dark and in an open frame;
    ``steps`` is a row of full and empty steps (``▮▮▯``) that stands beside its figure and is not read;
    ``shares`` is a bar of percentages, written ``16 · 38 · 30 · 13 · 3``; ``key`` names its parts in the
    same order.  Whoever cannot draw the latter two prints what is written.
    """

    text: str
    style: Literal[
        "plain", "strong", "emph", "code", "mute", "filled", "outlined", "steps", "shares", "key"
    ] = "plain"
    link: str = ""


Text: TypeAlias = str | tuple[Span, ...]


def b(text: str) -> Span:
    """Strong text."""
    return Span(text, "strong")


def em(text: str) -> Span:
    """Emphasised text."""
    return Span(text, "emph")


def plain(text: Text) -> str:
    """The text without its styles, and without what is only drawn."""
    if isinstance(text, str):
        return text
    return "".join(span.text for span in text if span.style != "steps")


_LINK = re.compile(r"(https?://|mailto:)\S+")
_INNER = re.compile(r"#[a-z][a-z0-9-]*")


def sound_link(address: str) -> bool:
    """Whether a link may be printed: http, https and mailto only."""
    return bool(_LINK.fullmatch(address))


def inner_link(address: str) -> bool:
    """Whether a link leads to a heading of the same document."""
    return bool(_INNER.fullmatch(address))
