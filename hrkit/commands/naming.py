"""What in words of one's own may name somebody, pointed out to whoever passes them for print.

Comments, open sheets and what the room wrote down are read by people before they are printed; what
looks like a name, an address or a civil registration number is told by its form
(`hrkit.records.naming`), so it is pointed out and never taken out.
"""

from __future__ import annotations

from collections.abc import Iterator

from hrkit.model.engagement import Engagement

__all__ = ["spoken_notes"]

#: What is said of each kind.
_SAID = {
    "number": "holds what looks like a civil registration number",
    "contact": "looks like an address or a telephone number",
    "name": "looks like a name: write the role instead",
}


def spoken_notes(engagement: Engagement) -> tuple[str, ...]:
    """What the room wrote down, and ``followed:`` of the engagement, that may name somebody: a note each."""
    from hrkit.records.naming import known_words, may_name

    known: frozenset[str] | None = None
    found = []
    for where, text in _spoken(engagement):
        known = known_words(engagement) if known is None else known
        said = [_SAID[kind] for kind in may_name(text, known)]
        if said:
            short = text if len(text) <= 80 else f"{text[:79]}…"
            found.append(f"{where}, “{short}” {' and '.join(said)}")
    return tuple(found)


def _spoken(engagement: Engagement) -> Iterator[tuple[str, str]]:
    """Every text that was written down openly outside of open sheets, with where it stands."""
    from hrkit.records.store import records_of

    records = records_of(engagement)
    for level in records.agreed:
        at = f"agreed on {level.dimension} in {level.wave}"
        yield from ((at, text) for text in (level.evidence, level.views) if text)
    for words in records.words:
        yield f"a group’s own words in {words.wave}", words.text
    for one in (*records.actions, *engagement.followed):
        at = f"action since {one.since}"
        yield from ((at, text) for text in (one.action, one.owner, one.note, one.sign) if text)
