"""What of a client's own instrument has no advice and no questions for a talk, said before anybody wonders.

A dimension without an action has a page without steps, and no place on roadmap and plan of action; a section
without a score has neither level nor priority.  Both may be meant: these are notes, not faults.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hrkit.model import instrument_file as instruments
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Section
from hrkit.report.action_files import library

__all__ = ["unadvised"]

#: Names that a note lists; further ones are counted.
_NAMED = 4


def unadvised(engagement: Engagement) -> tuple[str, ...]:
    """A note for each thing that a client's own dimensions and sections do without; none for the kit's own.

    Raises
    ------
    HrkitError
        If the engagement's actions cannot be used.
    """
    core = _core(engagement.instrument.speaks)
    own = [section for section in engagement.instrument.sections if section.id not in core]
    return tuple(_notes(engagement, own))


def _core(speaks: Iterable[str]) -> frozenset[str]:
    """Ids of the sections of the kit's instruments whose words and advice are spoken."""
    kits = {path.stem: path for path in instruments.available()}
    known = [instruments.load(kits[id]) for id in speaks if id in kits]
    return frozenset(section.id for one in known for section in one.sections)


def _notes(engagement: Engagement, own: list[Section]) -> Iterator[str]:
    found, words = library(engagement), engagement.words(engagement.language)
    served = {action.dimension for action in found.actions} if found else set()
    scored = [section for section in own if section.score_facet is not None]

    def names(sections: list[Section]) -> str:
        said = [section.name.get(engagement.language) or section.id for section in sections]
        more = len(said) - _NAMED
        return ", ".join(said[:_NAMED]) + (f" and {more} more" if more > 0 else "")

    if bare := [section for section in scored if section.id not in served]:
        yield (
            f"no advice for {names(bare)}: no action is written for {_it(bare)}, so the report names no steps there; "
            "add some in actions/ (docs/instruments.md says how)"
        )
    silent = [s for s in scored if f"talk.dimensions.{s.id}.questions.1" not in words]
    if silent:
        yield (
            f"no questions for a talk about {names(silent)}: write some in texts/ under talk.dimensions "
            "(docs/instruments.md)"
        )
    if plain := [section for section in own if section.score_facet is None]:
        has = "has" if len(plain) == 1 else "have"
        yield (
            f"{names(plain)} {has} no score, and so no level, priority or advice: the report shows "
            "question by question what was answered"
        )


def _it(sections: list[Section]) -> str:
    return "it" if len(sections) == 1 else "them"
