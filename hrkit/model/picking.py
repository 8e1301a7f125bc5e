"""The facet of a section that is chosen from: how many of which, or up to how many."""

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
    choose = section["choose"]
    listed = choose.get("options") or options_of(data)
    options = tuple(Choice(one["id"], one["name"], one.get("about")) for one in listed)
    scale = Scale(
        f"{section['id']}.{CHOSEN}",
        "pick",
        options,
        exactly=choose.get("exactly", 0),
        at_most=choose.get("at_most", 0),
    )
    return (Facet(CHOSEN, scale, section["name"], "picks"),)
