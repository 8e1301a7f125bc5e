"""How many have begun and how many are done: totals of the whole room, in memory only."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.answers.progress import Asked, Progressed
from hrkit.model.instrument import Instrument

__all__ = ["Progress"]


class Progress:
    """Who has answered at least one question on every page, as numbers.

    Parameters
    ----------
    instrument
        What is asked.

    Attributes
    ----------
    fewest
        Of each question answered by choice: from how many options on it counts as answered.
    """

    def __init__(self, instrument: Instrument) -> None:
        self._pages = {one: _pages(instrument, one) for one in instrument.perspectives}
        self.fewest = {
            (question.item.id, question.facet.id): question.facet.scale.fewest
            for question in instrument.keys.values()
            if question.facet.scale.fewest
        }
        self.again({})

    def again(self, begun: Mapping[str, Progressed]) -> None:
        """What stands in the store, read anew: a room goes on, or somebody else has written into it."""
        self._who = {key: one.perspective for key, one in begun.items()}
        self._asked = {key: set(one.questions) for key, one in begun.items()}

    def saved(self, respondent: str, perspective: str, asked: Asked, stands: bool) -> None:
        """Somebody answered a question, or took an answer back."""
        self._who[respondent] = perspective
        known = self._asked.setdefault(respondent, set())
        if stands:
            known.add(asked)
        else:
            known.discard(asked)

    @property
    def begun(self) -> int:
        """How many have answered anything."""
        return sum(bool(known) for known in self._asked.values())

    @property
    def done(self) -> int:
        """How many have answered something on every page."""
        return sum(
            bool(known) and all(page & known for page in self._pages.get(self._who[key], ()))
            for key, known in self._asked.items()
        )


def _pages(instrument: Instrument, perspective: str) -> tuple[frozenset[Asked], ...]:
    """The questions of each page; pages of own words only are none that one has to write on."""
    pages: dict[str, set[Asked]] = {}
    for question in instrument.questions(perspective):
        if question.facet.scale.kind != "text":
            asked = question.item.id, question.facet.id
            pages.setdefault(question.section.id, set()).add(asked)
    return tuple(frozenset(asked) for asked in pages.values())
