"""Microsoft Forms: a Word file for its *Quick import*, one for each role and language.

Quick import makes a question of a numbered paragraph and answers of the lettered ones under it; it
knows neither branches nor codes, and a form has 200 questions at most.  So each role has a form of its
own, with its role (and the round, where there are several) as the one answer to a question, and an
export is recognised by the words of its headings.
"""

from __future__ import annotations

import io
import string

from hrkit.forms.surveys.described import HINTS, SurveyOutline
from hrkit.forms.surveys.written import WrittenSurvey
from hrkit.model.language import words

__all__ = ["write"]

_NOTES = (
    "Forms > Quick import, once for each file: a form for each role, since Quick import knows no branches. "
    "Look each form through afterwards: what Forms makes of a document it decides itself.",
    "Make role and unit required, and the round where it is asked.",
    "Switch off Record name. Forms always keeps start and end times: the kit does not read them.",
    "What comes back is a file for each form: import them in one go, hrkit import A.xlsx B.xlsx --into DIR.",
    "Forms says nothing of which engagement a form is for: import its answers into the right folder.",
    "Another language of a form goes into Multilingual; the words stand in the file of that language.",
)
_CODED = "Leave the code optional, and give it a subtitle: “{}”"
#: More answers than letters are numbered on.
_LETTERS = [*string.ascii_uppercase, *(f"A{letter}" for letter in string.ascii_uppercase)]


def write(survey: SurveyOutline) -> WrittenSurvey:
    """The survey, a file for each role and language."""
    files = {
        f"-{role.value}-{code}.docx": _document(survey.asked_of(role.value), code)
        for role in survey.roles
        for code in survey.languages
    }
    coded = (_CODED.format(words(survey.language)(HINTS["line"])),) if survey.coded else ()
    return WrittenSurvey(files, (*_NOTES, *_several(survey), *coded))


def _document(survey: SurveyOutline, code: str) -> bytes:
    """Plain paragraphs: a number and a full stop, a letter and a full stop."""
    from docx import Document

    made = Document()
    made.core_properties.title = survey.title[code]
    made.core_properties.author = ""
    made.core_properties.language = code
    made.add_heading(survey.title[code], 0)
    for text in survey.intro[code]:
        made.add_paragraph(text)
    first = [survey.round] if survey.round else []
    for number, one in enumerate([*first, *survey.everything], 1):
        made.add_paragraph(f"{number}. {one.texts[code]}")
        if one.kind in HINTS:
            made.add_paragraph("_" * 30)
        for letter, option in zip(_letters(len(one.options)), one.options, strict=True):
            made.add_paragraph(f"{letter}. {option.label[code]}")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _letters(count: int) -> list[str]:
    return _LETTERS[:count] if count <= len(_LETTERS) else [f"A{n}" for n in range(1, count + 1)]


def _several(survey: SurveyOutline) -> tuple[str, ...]:
    one = survey.several
    if one is None:
        return ()
    how = f"set {'Exactly' if one.exactly else 'Up to'} {one.most}"
    return (f"“{one.code}” is chosen of a list: switch on Multiple answers and {how}.",)
