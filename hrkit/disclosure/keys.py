"""Which questions of an instrument a measure is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrkit.disclosure.released import Group
from hrkit.model.instrument import Instrument, Item, Question, Section

__all__ = ["few_asked", "keys_of", "other_ratings", "section_items"]


def section_items(instrument: Instrument) -> tuple[tuple[Section, Item, str], ...]:
    """Every rating of a dimension with its section and key: statements and importance."""
    found = []
    for section in instrument.dimensions:
        found += [(section, item, section.measure(item)) for item in section.scored]
        if section.importance:
            found.append((section, section.importance, section.importance.id))
    return tuple(found)


def keys_of(instrument: Instrument) -> Mapping[str, tuple[str, ...]]:
    """Measure to the keys of the questions it is made of."""
    found: dict[str, tuple[str, ...]] = {}
    tagged: dict[str, list[str]] = {}
    for section in instrument.dimensions:
        found[section.id] = tuple(
            dict.fromkeys(
                section.measure(item)
                for perspective in instrument.perspectives
                for item in instrument.counted(section, perspective)
            )
        )
        for item in section.scored:
            for id in instrument.pillars:
                if id in item.tags and set(instrument.sides) <= set(item.ask):
                    tagged.setdefault(id, []).append(section.measure(item))
    found |= {id: tuple(keys) for id, keys in tagged.items()}
    found |= {key: (key,) for _, _, key in section_items(instrument)}
    # Everything else of which something is shown stands for itself.
    return found | {
        key: (key,)
        for key, question in instrument.measured.items()
        if question.facet.release in ("means", "shares", "counts", "picks") and key not in found
    }


def few_asked(instrument: Instrument, groups: Sequence[Group]) -> frozenset[tuple[str, str]]:
    """Dimensions and groups that are asked something of them, and too little for a score."""
    return frozenset(
        (section.id, group.id)
        for section in instrument.dimensions
        for group in groups
        if any(set(group.perspectives) & set(item.ask) for item in section.scored)
        and not any(instrument.counted(section, name) for name in group.perspectives)
    )


def other_ratings(instrument: Instrument) -> tuple[Question, ...]:
    """Every rating whose means may be shown and that no dimension is made of, as asked."""
    known = {key for _, _, key in section_items(instrument)}
    return tuple(
        question
        for key, question in instrument.keys.items()
        if question.facet.release == "means" and key not in known
    )
