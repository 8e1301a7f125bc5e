"""What became of what was agreed: actions done, moved or dropped since an earlier wave.

A consultant writes it down under ``followed:`` in ``engagement.yml``.  The change page sets it
beside the figures of its dimension, and what is done is not advised again.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from hrkit.errors import HrkitError, Problem
from hrkit.model.engagement import FILE, Engagement
from hrkit.model.followed import Followed
from hrkit.model.instrument import Section
from hrkit.model.language import Words
from hrkit.report.action_files import library
from hrkit.report.actions import Library

__all__ = ["about", "called", "check_followed", "still_advised"]

#: What need not be advised again.
DONE = "done"


def still_advised(known: Library | None, engagement: Engagement, wave: str) -> Library | None:
    """The library that a wave's report advises from: without what was done before it."""
    done = {one.action for one in engagement.followed_before(wave) if one.status == DONE}
    return known.without(done) if known and done else known


def called(known: Library | None, action: str, language: str) -> str:
    """What an action that was followed says: its text, where it is one of the kit's or the client's."""
    found = known.find(action) if known else None
    return found.text[language] if found else action


def about(words: Words, one: Followed, names: Mapping[str, str]) -> str:
    """What a step is for: its dimension by name, another tool's finding, or the client's own decision."""
    if one.dimension:
        return names.get(one.dimension, one.dimension)
    return words("roadmap.tools.own" if one.own else "roadmap.tools.name")


def check_followed(engagement: Engagement) -> tuple[Problem, ...]:
    """Ids of actions that are none, or are for another dimension; own words may say anything."""
    try:
        known = library(engagement)
    except HrkitError:
        return ()  # what is wrong with the actions themselves is told where they stand
    sections = {section.id: section for section in engagement.instrument.dimensions}
    return tuple(_problems(engagement, known or Library(()), sections))


def _problems(
    engagement: Engagement, known: Library, sections: dict[str, Section]
) -> Iterator[Problem]:
    ids = [action.id for action in (*known.actions, *known.gone)]
    for i, one in enumerate(engagement.followed, 1):
        where, found = f"{FILE}, followed, no. {i}", known.find(one.action)
        if found and found.dimension != one.dimension:
            yield Problem(
                where, f"{found.id} is for {found.dimension}", f"write dimension: {found.dimension}"
            )
        # One word with a full stop in it is meant as an id; what people agree on has spaces.
        if not found and not any(c.isspace() for c in one.action) and "." in one.action.strip("."):
            near = difflib.get_close_matches(one.action, ids, n=3, cutoff=0.5)
            fix = f"did you mean {', '.join(near)}?" if near else "or say it in your own words"
            yield Problem(where, f"there is no action {one.action}", fix)
