"""What each column of a table means, whoever says it: the template's headings or a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hrkit.answers.readers.twice import Which
from hrkit.model.instrument import Question
from hrkit.text import Lookup

__all__ = ["Layout", "Origin", "Several"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact about the respondent comes from: a column, or one value for all rows.

    ``values`` turns what stands in the column into an id; None leaves it as it is.  ``other`` is the
    id for what is not among them.  ``codes`` are another program's: what is none is read as it stands.
    ``nothing`` says that there is none.
    In place of one column there may be several, ``ticks``, of which one
    is chosen: column to id.  What a ``mild`` one cannot tell is left open instead of refused.
    """

    column: int | None = None
    value: str = ""
    values: Lookup[str] | None = None
    other: str = ""
    ticks: Mapping[int, str] = field(default_factory=dict)
    mild: bool = False
    codes: Lookup[str] | None = None
    nothing: Lookup[bool] | None = None

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns it is read from."""
        return tuple(self.ticks) if self.column is None else (self.column,)


@dataclass(frozen=True, slots=True)
class Several:
    """A column in which more than one option of a list may stand: the list, and what parts them.

    ``parted`` is empty where the usual signs are tried; what is no option is left out and told where
    ``others`` are let pass.
    """

    question: Question
    parted: str = ""
    others: bool = False


@dataclass(frozen=True)
class Layout:
    """What the columns of a table mean.

    Attributes
    ----------
    person
        Sources of wave, unit, perspective, level, pair.
    code
        Columns that together identify the respondent; may be empty.
    codeless
        What people write in place of a code where they have none; signs alone are none then either.
    questions
        Column to question.
    recode
        Question key, or ``*`` for all ratings and categories, to raw value → value.
    dont_know, not_relevant, blank
        Raw values read as "don't know", as "not relevant" (a "don't know" where a scale offers
        both as one answer) and as blank.
    told_blank, blank_says
        Those of the blank ones that are told where they stand, and what says that they are blank.
    skip_unanswered
        Rows without any answer are left out and told; else they are problems.
    asks
        Column to the perspectives in whose words it asks; in a row of another it is not read.
    several
        Columns that hold any number of options of a list.
    coded
        Column to its own codes and what they store, where another program has codes of its own.
    labels
        Column to what its codes stand for in words.
    by_language
        Language to what ``recode`` is for who answered in it.
    twice, times
        Which sheet of a code that stands twice counts (``last``, ``first``; empty: none may), and
        the columns of the program's own times, by which it is told.
    """

    person: Mapping[str, Origin]
    questions: Mapping[int, Question]
    code: tuple[int, ...] = ()
    codeless: Lookup[bool] | None = None
    recode: Mapping[str, Lookup[str]] = field(default_factory=dict)
    dont_know: Lookup[bool] = field(default_factory=lambda: Lookup({}))
    not_relevant: Lookup[bool] = field(default_factory=lambda: Lookup({}))
    blank: Lookup[bool] = field(default_factory=lambda: Lookup({}))
    told_blank: Lookup[bool] = field(default_factory=lambda: Lookup({}))
    blank_says: str = ""
    skip_unanswered: bool = False
    asks: Mapping[int, frozenset[str]] = field(default_factory=dict)
    several: Mapping[int, Several] = field(default_factory=dict)
    coded: Mapping[int, Lookup[str]] = field(default_factory=dict)
    labels: Mapping[int, Lookup[str]] = field(default_factory=dict)
    by_language: Mapping[str, Mapping[str, Lookup[str]]] = field(default_factory=dict)
    twice: Which = ""
    times: tuple[int, ...] = ()

    @property
    def used(self) -> frozenset[int]:
        """Columns that are read."""
        facts = (column for source in self.person.values() for column in source.columns)
        return frozenset({*self.questions, *self.several, *self.code, *facts})
