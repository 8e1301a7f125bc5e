"""What is chosen of a list, in files: a column for each option, and one answer made of them.

``matters.01:trust`` is such a column.  In it stands 1 or "Chosen", 0 or "Not chosen", or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from hrkit.model.ballot import ballot, chosen
from hrkit.model.instrument import Choice, Facet, Instrument, Question, Scale
from hrkit.model.language import words

__all__ = ["CHOSEN", "LEFT", "Ticked", "answer_columns", "columns_of", "folded"]

#: What stands in a column of an option that was chosen, and of one that was left.
CHOSEN, LEFT = "1", "0"


def answer_columns(instrument: Instrument) -> Mapping[str, Question]:
    """Every column of answers by its key, in the order asked: a question, or an option to choose."""
    return {
        column.key: column
        for question in instrument.keys.values()
        for column in columns_of(instrument, question)
    }


def columns_of(instrument: Instrument, question: Question) -> tuple[Question, ...]:
    """The columns of a question: itself, or a question with two answers for each of its options."""
    scale = question.facet.scale
    if scale.kind != "pick":
        return (question,)
    tick = Scale(f"{scale.id}:", "tick", _choices(instrument))
    return tuple(
        Question(
            replace(
                question.item,
                id=f"{question.key}:{option.value}",
                wordings={
                    who: {code: f"{text} – {option.label[code]}" for code, text in texts.items()}
                    for who, texts in question.item.wordings.items()
                },
                facets=(facet := Facet(question.facet.id, tick, option.label, "nothing"),),
            ),
            facet,
            question.section,
        )
        for option in scale.choices
    )


def _choices(instrument: Instrument) -> tuple[Choice, ...]:
    said = {code: words(code) for code in instrument.languages}
    return tuple(
        Choice(value, {code: w(f"answers.ticks.{name}") for code, w in said.items()})
        for value, name in ((CHOSEN, "chosen"), (LEFT, "left"))
    )


class Ticked(NamedTuple):
    """One answer of a row: to a question, with the options chosen where it is a choice."""

    question: Question
    value: str
    options: tuple[str, ...] = ()

    @property
    def many(self) -> bool:
        """Whether more were chosen than may be."""
        scale = self.question.facet.scale
        return scale.kind == "pick" and len(self.options) > scale.most

    @property
    def few(self) -> bool:
        """Whether fewer were chosen than are to be."""
        scale = self.question.facet.scale
        return scale.kind == "pick" and len(self.options) < scale.fewest


def folded(instrument: Instrument, given: Iterable[tuple[Question, str]]) -> Iterator[Ticked]:
    """The answers of a row: the columns of a choice become one, where anything was chosen."""
    picked: dict[str, set[str]] = {}
    for column, value in given:
        if column.facet.scale.kind != "tick":
            yield Ticked(column, value)
        elif value == CHOSEN:
            key, _, option = column.key.rpartition(":")
            picked.setdefault(key, set()).add(option)
    for key, options in picked.items():
        question = instrument.keys[key]
        value = ballot(question.facet.scale.options, options)
        yield Ticked(question, value, chosen(value))
