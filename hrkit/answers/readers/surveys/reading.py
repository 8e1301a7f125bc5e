"""A survey that was made by the kit's own export, read without a mapping.

The program is recognised by its own columns, the questions by their codes or words.  What is the
program's own is never stored: times, addresses, numbers of sheets.  Sheets that say they are a test,
or of somebody who was not to answer, are left out; unfinished ones are taken.  All of it is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from hrkit.answers.ballots import answer_columns
from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.choices import people
from hrkit.answers.readers.editions import answered, say_edition
from hrkit.answers.readers.layout import Layout, Origin, Several
from hrkit.answers.readers.nothing import written_for_nothing
from hrkit.answers.readers.rows import collect
from hrkit.answers.readers.several import coded
from hrkit.answers.readers.surveys.columns import Columns
from hrkit.answers.readers.surveys.found import Survey, survey_of
from hrkit.answers.readers.surveys.status import sorted_out
from hrkit.answers.readers.surveys.told import say_odd, say_own, say_rest
from hrkit.answers.readers.twice import Which
from hrkit.answers.readers.vocabulary import Values, Wrong, no_codes
from hrkit.answers.responses import Reading
from hrkit.answers.tool_codes import id_codes, id_numbers
from hrkit.errors import AnswersError, Problem
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Question
from hrkit.text import Lookup, normal, shown

__all__ = ["read_survey", "without_missing"]


def read_survey(
    table: CellTable, survey: Survey, engagement: Engagement, twice: Which = ""
) -> Reading:
    """The answers of a survey, whole or not at all.

    Parameters
    ----------
    table
        The file.
    survey
        What was found in it.
    engagement
        Whose it is to be.
    twice
        Which sheet counts of who answered twice under one code.

    Raises
    ------
    AnswersError
        With everything that is wrong at once.
    """
    own = engagement
    engagement = answered(own, lambda one: _unknown(table, one), table.name)
    if engagement is not own:
        survey = survey_of(table, engagement) or survey
    name = survey.tool.name if survey.tool else "a survey of the kit's"
    lines = survey.heads.lines
    notes = [
        f"{table.name} was read as an export of {name}"
        + (f", with {lines} rows of headings." if lines > 1 else "."),
        *say_edition(table.name, engagement, own),
    ]
    problems: list[Problem] = []
    _refuse_another(table, survey, engagement)
    left_out, said = sorted_out(table, survey.heads, survey.tool)
    notes += said
    rows = tuple(row for row in survey.heads.rows if row.number not in left_out)
    body = replace(table, rows=rows)
    layout = _layout(body, survey, engagement, problems, notes)
    layout = replace(layout, twice=twice, times=survey.times)
    body = without_missing(body, layout, notes)
    say_odd(table, survey, notes)
    say_own(table, survey, notes)
    say_rest(table, survey, engagement, problems, notes, _roles(body, layout, engagement))
    return collect(body, layout, engagement, problems, notes)


def _roles(table: CellTable, layout: Layout, engagement: Engagement) -> frozenset[str]:
    """Who answers in a file; nobody where a cell does not say it in a known word."""
    source, known = layout.person["perspective"], people(engagement)["perspective"]
    if source.column is None:
        return frozenset({source.value} if source.value else ())
    texts = {text for row in table.rows if (text := row.cell(source.column)).strip()}
    codes = source.codes or Lookup({})
    found = [codes.get(text) or known.find(text) for text in texts]
    roles = frozenset(one for one in found if isinstance(one, str))
    return roles if all(isinstance(one, str) for one in found) else frozenset()


def _unknown(table: CellTable, engagement: Engagement) -> int:
    """How much of a file an edition of the instrument does not know."""
    survey = survey_of(table, engagement)
    return table.width - survey.asked if survey else table.width


def _refuse_another(table: CellTable, survey: Survey, engagement: Engagement) -> None:
    for column, one in survey.named.items():
        if not one.mark:
            continue
        said = {row.cell(column).strip() for row in survey.heads.rows}
        others = sorted(id for id in said if id and normal(id) != normal(engagement.id))
        if others:
            raise AnswersError(
                f"{table.name} was collected for the engagement {shown(' and '.join(others[:3]))}, "
                f"and this is {engagement.id}: take it into the one it was collected for."
            )


# ------------------------------------------------------------------------------- columns


def _layout(
    table: CellTable,
    survey: Survey,
    engagement: Engagement,
    problems: list[Problem],
    notes: list[str],
) -> Layout:
    asked = answer_columns(engagement.instrument)
    questions: dict[int, Question] = {}
    several: dict[int, Several] = {}
    asks: dict[int, frozenset[str]] = {}
    columns = Columns.of(engagement)
    often = Counter(one.asked.key for one in survey.named.values() if one.asked)
    for column, one in survey.named.items():
        if one.asked is None:
            continue
        question = asked.get(one.asked.key)
        if question is not None:
            questions[column] = question
        else:
            several[column] = Several(engagement.instrument.keys[one.asked.key])
        # One column in one role's words is everybody's; only a form that branches has several.
        if one.asked.perspective and (one.sure == "code" or often[one.asked.key] > 1):
            asks[column] = columns.readers(one.asked)
    ticked = {question.key.rpartition(":")[0] for question in questions.values()}
    # Where each option has a column, the one that lists all says the same once more.
    for column in [c for c, one in several.items() if one.question.key in ticked]:
        del several[column]
    codes = {column: coded(question) for column, question in questions.items()}
    asking = (*questions.values(), *(one.question for one in several.values()))
    usual = survey.tool.blank if survey.tool else ()
    written = written_for_nothing(asking, codes.values())
    return Layout(
        person=_person(table, survey, engagement, asks, problems, notes),
        questions=questions,
        code=tuple(c for c, one in survey.named.items() if one.person == "code")[:1],
        codeless=Lookup(dict.fromkeys(no_codes(), True)),
        blank=Lookup(dict.fromkeys((*usual, *written), True)),
        told_blank=Lookup(dict.fromkeys((text for text in written if text not in usual), True)),
        blank_says=", as programs write it where nothing was answered",
        skip_unanswered=True,
        asks=asks,
        several=several,
        coded=codes,
        labels={
            column: Lookup(table.labels[column]) for column in questions if column in table.labels
        },
    )


def _person(
    table: CellTable,
    survey: Survey,
    engagement: Engagement,
    asks: Mapping[int, frozenset[str]],
    problems: list[Problem],
    notes: list[str],
) -> dict[str, Origin]:
    known = people(engagement)
    found: dict[str, Origin] = {}
    for column, one in survey.named.items():
        if not one.person or one.person == "code":
            continue
        if one.person in found:
            problems.append(
                Problem(
                    table.where(1, column),
                    f"the {one.person} is asked twice",
                    "keep one of the columns",
                )
            )
        ids = known[one.person].ids if one.person in known else ()
        codes = {str(number): id for id, number in id_numbers(ids).items()}
        codes |= {code: id for id, code in id_codes(ids).items()}
        if column in table.labels:
            codes |= _labelled(table.labels[column], known.get(one.person))
        nothing = (
            Lookup(dict.fromkeys(_no_pair(engagement), True)) if one.person == "pair" else None
        )
        mild = one.person == "language"
        found[one.person] = Origin(column, codes=Lookup(codes), mild=mild, nothing=nothing)
    for column, kind in survey.own.items():
        if kind == "language" and "language" not in found:
            found["language"] = Origin(column, mild=True)
    spoken = frozenset.intersection(*asks.values()) if asks else frozenset()
    for name in ("wave", "unit", "perspective"):
        if name in found:
            continue
        if name == "perspective" and len(spoken) == 1 and _all_of_one(survey):
            only = next(iter(spoken))
            found[name] = Origin(value=only)
            notes.append(f"{table.name} asks {only} alone; every row is theirs.")
        elif len(known[name].ids) == 1:
            found[name] = Origin(value=known[name].ids[0])
            notes.append(
                f"{table.name} does not ask the {name}; every row is {known[name].ids[0]}."
            )
        else:
            found[name] = Origin(value="")
            problems.append(
                Problem(
                    f"{table.name} row 1",
                    f"does not say the {name}",
                    f"add a column {PERSON_WORD.get(name, name)} with one of {known[name].known()}, "
                    "or say it in a mapping (hrkit map)",
                )
            )
    return found


def _no_pair(engagement: Engagement) -> Iterable[str]:
    """How one says that one belongs to no pair."""
    spoken = (engagement.words(language) for language in engagement.languages)
    return ("none", "0", "-", *(w("forms.ui.no_pair") for w in spoken if "forms.ui.no_pair" in w))


PERSON_WORD: Mapping[str, str] = {"level": "tier"}


def _labelled(labels: Mapping[str, str], choices: object) -> dict[str, str]:
    """Codes whose label names an id."""
    from hrkit.answers.readers.choices import Choices

    if not isinstance(choices, Choices):
        return dict(labels)
    found = {code: choices.find(label) for code, label in labels.items()}
    return {code: id for code, id in found.items() if isinstance(id, str)}


def _all_of_one(survey: Survey) -> bool:
    return all(one.asked.perspective for one in survey.named.values() if one.asked)


def without_missing(table: CellTable, layout: Layout, notes: list[str]) -> CellTable:
    """The table without values that its own file declares to be no answer, but for ways out; told."""
    if not table.missing:
        return table
    drop: dict[int, frozenset[str]] = {}
    for column, texts in table.missing.items():
        question = layout.questions.get(column)
        keep: set[str] = set()
        if question is not None and question.facet.scale.kind != "text":
            values, labels = Values(question.facet.scale), table.labels.get(column, {})
            for text in texts:
                said = values.find(labels.get(text, "")) if text in labels else Wrong("", "")
                if said in (DONT_KNOW, NOT_RELEVANT):
                    keep.add(text)
        drop[column] = texts - keep
    read, found = layout.used, Counter[str]()
    rows = []
    for row in table.rows:
        cells = list(row.cells)
        for column, texts in drop.items():
            if (text := row.cell(column)) in texts:
                found[text] += column in read
                cells[column] = ""
        rows.append(replace(row, cells=tuple(cells)))
    if many := sum(found.values()):
        listed = ", ".join(shown(text) for text in sorted(found) if found[text])
        hold = "1 cell holds a value" if many == 1 else f"{many} cells hold values"
        were = "was" if many == 1 else "were"
        notes.append(
            f"{table.name}: {hold} that the file itself declares to be missing ({listed}) and "
            f"{were} read as blank."
        )
    return replace(table, rows=tuple(rows))
