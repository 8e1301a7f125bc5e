"""What each column of a table means, whoever says it: the template's headings or a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hrkit.model.instrument import Question
from hrkit.text import Lookup

__all__ = ["Layout", "Origin"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact about the respondent comes from: a column, or one value for all rows.

    ``values`` turns what stands in the column into an id; None leaves it as it is.
    """

    column: int | None = None
    value: str = ""
    values: Lookup[str] | None = None


@dataclass(frozen=True)
class Layout:
    """What the columns of a table mean.

    Attributes
    ----------
    person
        Sources of wave, unit, perspective, level, pair.
    code
        Columns that together identify the respondent; may be empty.
    questions
        Column to question.
    recode
        Question key, or ``*`` for all ratings and categories, to raw value → value.
    dont_know, blank
        Raw values read as "don't know" and as blank.
    skip_unanswered
        Rows without any answer are left out and told; else they are problems.
    """

    person: Mapping[str, Origin]
    questions: Mapping[int, Question]
    code: tuple[int, ...] = ()
    recode: Mapping[str, Lookup[str]] = field(default_factory=dict)
    dont_know: Lookup[bool] = field(default_factory=lambda: Lookup({}))
    blank: Lookup[bool] = field(default_factory=lambda: Lookup({}))
    skip_unanswered: bool = False

    @property
    def used(self) -> frozenset[int]:
        """Columns that are read."""
        columns = {*self.questions, *self.code}
        facts = (source.column for source in self.person.values())
        return frozenset(columns | {column for column in facts if column is not None})
