"""SurveyXact: a workbook to build the survey from by copying.

Its own format for a questionnaire is not public, so this is no file to import: a line a question with
its variable name, the answers with their numbers, the words of each language beside each other, and
the rules of who is asked.  An export under these variable names and numbers is read as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from hrkit.forms.surveys.cells import workbook
from hrkit.forms.surveys.described import HINTS, SurveyOutline
from hrkit.forms.surveys.written import WrittenSurvey
from hrkit.model.language import words
from hrkit.model.languages import languages

__all__ = ["write"]

_NOTES = (
    "SurveyXact has no public format for a questionnaire: this is a workbook to copy from, question by "
    "question, not one to import.",
    "Give each question the variable name in the first column and each answer its number; put the roles in "
    "the column “shown to” into an activation rule on “perspective”.",
    "Add the background variables hrkit and wave with the values on the sheet “Hidden”.",
    "Anonymous collection, no IP address. Export the data set as CSV or Excel, codes or labels.",
)


def write(survey: SurveyOutline) -> WrittenSurvey:
    """The workbook, with all languages."""
    sheets = {
        "Questions": _questions(survey),
        "Answers": _answers(survey),
        "Texts": _texts(survey),
        "Hidden": [["variable", "value"], *map(list, survey.hidden.items())],
    }
    widths = {
        "Questions": (20, 16, 20, 24, 60),
        "Answers": (18, 10, 40),
        "Texts": (16, 60),
        "Hidden": (16, 24),
    }
    return WrittenSurvey({".xlsx": workbook(sheets, widths)}, (*_NOTES, *_several(survey)))


def _named(survey: SurveyOutline) -> list[str]:
    return [languages()[code].name for code in survey.languages]


def _questions(survey: SurveyOutline) -> list[list[str]]:
    names = {one.value: one.label[survey.language] for one in survey.roles}
    kinds = {"one": "one answer", "words": "open text", "line": "short text, may stay blank"}
    rows = [["variable", "type", "answers", "shown to", *_named(survey)]]
    pages = [(survey.title, survey.person), *((part.name, part.questions) for part in survey.parts)]
    for title, questions in pages:
        rows.append(["", "page", "", "", *(title[code] for code in survey.languages)])
        for one in questions:
            kind = kinds.get(
                one.kind, f"several answers, {'exactly' if one.exactly else 'at most'} {one.most}"
            )
            asked = ", ".join(names[role] for role in one.roles) or "everybody"
            texts = (one.texts[code] for code in survey.languages)
            rows.append([one.code, kind, one.scale if one.options else "", asked, *texts])
    return rows


def _answers(survey: SurveyOutline) -> list[list[str]]:
    rows = [["answers", "number", *_named(survey)]]
    seen: set[str] = set()
    for one in survey.everything:
        if one.scale in seen:
            continue
        seen.add(one.scale)
        for option in one.options:
            labels = (option.label[code] for code in survey.languages)
            rows.append([one.scale, option.number, *labels])
    return rows


def _texts(survey: SurveyOutline) -> list[list[str]]:
    def lines(name: str, texts: dict[str, tuple[str, ...]]) -> Iterator[list[str]]:
        for paragraph in zip(*(texts[code] for code in survey.languages), strict=True):
            yield [name, *paragraph]

    rows = [["where", *_named(survey)]]
    rows += lines("before", dict(survey.intro))
    rows += lines("after", dict(survey.thanks))
    if survey.coded:
        said: dict[str, tuple[str, ...]] = {
            code: (words(code)(HINTS["line"]),) for code in survey.languages
        }
        rows += lines("below the code", said)
    return rows


def _several(survey: SurveyOutline) -> tuple[str, ...]:
    one = survey.several
    if one is None:
        return ()
    how = "smallest and largest" if one.exactly else "largest"
    return (f"“{one.code}” is chosen of a list: set the {how} number of answers to {one.most}.",)
