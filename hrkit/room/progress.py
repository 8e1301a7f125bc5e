"""How many have begun and how many are done: totals of the whole room, in memory only."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.answers.store import Progressed
from hrkit.model.instrument import Instrument

__all__ = ["Progress"]


class Progress:
    """Who has answered at least one question on every page, as numbers.

    Parameters
    ----------
    instrument
        What is asked.
    begun
        Respondent's key to their perspective and the items answered so far.
    """

    def __init__(self, instrument: Instrument, begun: Mapping[str, Progressed]) -> None:
        self._pages = {one: _pages(instrument, one) for one in instrument.perspectives}
        self.again(begun)

    def again(self, begun: Mapping[str, Progressed]) -> None:
        """What stands in the store, read anew: somebody else has written into it."""
        self._who = {key: one.perspective for key, one in begun.items()}
        self._items = {key: set(one.items) for key, one in begun.items()}

    def saved(self, respondent: str, perspective: str, item: str, stands: bool) -> None:
        """Somebody answered an item, or took an answer back."""
        self._who[respondent] = perspective
        items = self._items.setdefault(respondent, set())
        if stands:
            items.add(item)
        else:
            items.discard(item)

    @property
    def begun(self) -> int:
        """How many have answered anything."""
        return sum(bool(items) for items in self._items.values())

    @property
    def done(self) -> int:
        """How many have answered something on every page."""
        return sum(
            bool(items) and all(page & items for page in self._pages.get(self._who[key], ()))
            for key, items in self._items.items()
        )


def _pages(instrument: Instrument, perspective: str) -> tuple[frozenset[str], ...]:
    """The items of each page; pages of own words only are none that one has to write on."""
    pages: dict[str, set[str]] = {}
    for question in instrument.questions(perspective):
        if question.facet.scale.kind != "text":
            pages.setdefault(question.section.id, set()).add(question.item.id)
    return tuple(frozenset(items) for items in pages.values())
