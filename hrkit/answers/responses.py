"""Answers as two tables: who answered, and what each said.

`people` has one row a respondent and wave; `answers` has one row for each answer given:

=============  ==========================================================================
people         respondent · wave · unit · perspective · level · pair · language · hasty
answers        respondent · item · facet · value
=============  ==========================================================================

A value is text: ``"4"`` for a rating, a code for a category, the words of a comment, and
``"dk"`` for "don't know" and ``"nr"`` for "not relevant" where a scale offers them.  A question
left blank has no row: blank and these two are different answers, and none is ever a number.  All columns hold Python strings, so ``001``
stays ``001`` and ``NA`` stays text; ``level`` and ``pair`` are None where they do not apply.
``language`` (``da``, ``en``, ``nl``) and ``hasty`` (``1`` where a form found that somebody answered
faster than anybody can read, ``0`` where not) say how somebody answered and not who it was: they
are None where nobody knows, and make no difference to whether two rows are the same.
Reversed items stand as they were given; scoring turns them.

A `Reading` is a file that was understood in full: its responses, what the reader wants said
aloud, and a digest of its *content*.  The digest does not depend on the order of rows or on the
file's format, so the same answers saved once as CSV and once as a workbook are the same reading.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Instrument

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = [
    "ANSWERS",
    "HOW",
    "PEOPLE",
    "Given",
    "Reading",
    "Responses",
    "content_digest",
    "numeric",
    "of_given",
    "tables",
]

#: Columns of `Responses.people` that say who somebody is.
PEOPLE = ("respondent", "wave", "unit", "perspective", "level", "pair")
#: Those that say how somebody answered.
HOW = ("language", "hasty")
#: Columns of `Responses.answers`.
ANSWERS = ("respondent", "item", "facet", "value")

#: What one person said: item and facet to value.
Given = Mapping[tuple[str, str], str]


@dataclass(frozen=True, eq=False)
class Responses:
    """Who answered and what they said; see the module's docstring for the columns."""

    people: DataFrame
    answers: DataFrame

    def __len__(self) -> int:
        """How many respondents there are."""
        return len(self.people)

    @cached_property
    def given(self) -> Mapping[str, Given]:
        """What each said, by respondent; those who said nothing are left out."""
        found: dict[str, dict[tuple[str, str], str]] = {}
        columns = (self.answers[name] for name in ANSWERS)
        for who, item, facet, value in zip(*columns, strict=True):
            found.setdefault(who, {})[item, facet] = value
        return found

    def answered(self) -> Responses:
        """Without those who opened a form and answered nothing."""
        gave = self.people["respondent"].isin(self.answers["respondent"])
        return Responses(self.people[gave].reset_index(drop=True), self.answers)

    def of_wave(self, wave: str) -> Responses:
        """The part of one wave."""
        people = self.people[self.people["wave"] == wave].reset_index(drop=True)
        answers = self.answers[self.answers["respondent"].isin(people["respondent"])]
        return Responses(people, answers.reset_index(drop=True))


@dataclass(frozen=True, eq=False)
class Reading:
    """A file that was understood in full.

    Attributes
    ----------
    responses
        What it says.  Keys of respondents hold within the reading only; the store gives others.
    notes
        What the reader decided and wants said aloud: an encoding, an empty row, an absent column.
    digest
        Of the content, as hexadecimal; see `content_digest`.
    rows
        How many rows held answers.
    codes
        Respondent to personal code, for rows that have one.
    asked
        Version of the instrument that the file answers; empty for the engagement's own.
    files
        Respondent to the digest of the file it stands in, where there were several files.
    """

    responses: Responses
    notes: tuple[str, ...]
    digest: str
    rows: int
    codes: Mapping[str, str] = field(default_factory=dict)
    asked: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


def tables(people: Iterable[Sequence[str | None]], answers: Iterable[Sequence[str]]) -> Responses:
    """Responses from rows in the order of `PEOPLE` and `HOW` (which may be left out), and `ANSWERS`."""
    import pandas as pd

    columns = (*PEOPLE, *HOW)
    rows = [(*row, *[None] * (len(columns) - len(row))) for row in people]

    # dtype=object: strings and None stay what they are in every version of pandas.
    return Responses(
        pd.DataFrame(rows, columns=list(columns), dtype=object),
        pd.DataFrame(list(answers), columns=list(ANSWERS), dtype=object),
    )


def of_given(people: Iterable[Sequence[str | None]], given: Mapping[str, Given]) -> Responses:
    """Responses of people (as `tables` takes them) from what each said, in the order of both."""
    import pandas as pd

    columns = {
        "respondent": [who for who, said in given.items() for _ in said],
        "item": [item for said in given.values() for item, _ in said],
        "facet": [facet for said in given.values() for _, facet in said],
        "value": [value for said in given.values() for value in said.values()],
    }
    made = Responses(tables(people, ()).people, pd.DataFrame(columns, dtype=object))
    # Known already: nobody needs to find it out from the table again.
    made.__dict__["given"] = {who: said for who, said in given.items() if said}
    return made


def content_digest(responses: Responses, codes: Mapping[str, str] | None = None) -> str:
    """SHA-256 over what the responses say, whatever the order of their rows and their keys.

    Parameters
    ----------
    responses
        Any responses.
    codes
        Respondent to personal code; a code is part of the content, a key is not.
    """
    codes = codes or {}
    order = sorted({pair for said in responses.given.values() for pair in said})
    # Few different answers stand in many rows: each is written out once.
    written: dict[tuple[str, str], dict[str, str]] = {pair: {} for pair in order}
    people: dict[tuple[str | None, ...], str] = {}
    rows = []
    for key, *person in responses.people[list(PEOPLE)].itertuples(index=False, name=None):
        said, parts = responses.given.get(key, {}), []
        for pair in order:
            if (value := said.get(pair)) is not None:
                texts = written[pair]
                if value not in texts:
                    texts[value] = json.dumps([*pair, value])
                parts.append(texts[value])
        who = tuple(person)
        if who not in people:
            people[who] = json.dumps(who)
        rows.append(f"[{json.dumps(codes.get(key))}, {people[who]}, [{', '.join(parts)}]]")
    return hashlib.sha256("\n".join(sorted(rows)).encode("ascii")).hexdigest()


def numeric(responses: Responses, instrument: Instrument) -> DataFrame:
    """Ratings as numbers, in long form.

    Parameters
    ----------
    responses
        Any responses of this instrument; answers to other items are left out.
    instrument
        Says which facets are ratings.

    Returns
    -------
    DataFrame
        ``respondent, item, facet, value``; the value is a float within the facet's scale, NaN for
        "don't know" and "not relevant".  Reversed items stand as given.
    """
    import pandas as pd

    ratings = {
        (question.item.id, question.facet.id)
        for question in instrument.questions()
        if question.facet.scale.kind == "rating"
    }
    answers = responses.answers
    pairs = list(zip(answers["item"], answers["facet"], strict=True))
    chosen = answers[[pair in ratings for pair in pairs]].reset_index(drop=True)
    value: Any = chosen["value"].where(~chosen["value"].isin((DONT_KNOW, NOT_RELEVANT)), None)
    return chosen.assign(value=pd.to_numeric(value).astype(float))
