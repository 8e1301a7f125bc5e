"""The facet of a section that is chosen from: how many of which."""

from __future__ import annotations

from typing import Any

from hrkit.model.choose_rules import CHOSEN
from hrkit.model.facets import options_of
from hrkit.model.instrument import Choice, Facet, Scale

__all__ = ["picking"]


def picking(data: Any, section: Any) -> tuple[Facet, ...]:
    """The one facet of a section with ``choose``; none of any other section.

    Parameters
    ----------
    data, section
        The whole instrument, checked, and the section in it.
    """
    if "choose" not in section:
        return ()
    options = tuple(Choice(one["id"], one["name"], one["about"]) for one in options_of(data))
    exactly = section["choose"]["exactly"]
    scale = Scale(f"{section['id']}.{CHOSEN}", "pick", options, exactly=exactly)
    return (Facet(CHOSEN, scale, section["name"], "picks"),)
