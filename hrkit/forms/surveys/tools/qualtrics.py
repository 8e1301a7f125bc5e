"""Qualtrics: a survey in its Advanced TXT format, one language a file, a block for each role.

The format has no logic and no translations.  So the questions of each role stand in a block of their
own, under codes of their own, and whoever sets the survey up adds one branch a block.  Numbers of
answers are the kit's (*recode values*).  Lines are HTML there, two square brackets begin a command
and ``${`` pipes text in: none of these may stand in outside text.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from hrkit.forms.surveys.described import HINTS, SurveyOutline, SurveyQuestion
from hrkit.forms.surveys.written import WrittenSurvey
from hrkit.model.language import words

__all__ = ["write"]

_NOTES = (
    "Create a survey > Import a QSF or TXT file, with the file of the language it begins in; the other "
    "languages are files too: their texts go into Translations.",
    "Survey flow: put each block of a role into a branch “perspective is that role”. Until you do, "
    "everybody is asked everything.",
    "Survey options > Security > Anonymize responses. An export brings times and places otherwise: the "
    "kit does not read them.",
    "Export as CSV or Excel, with numbers (recode values) or with texts.",
)


def write(survey: SurveyOutline) -> WrittenSurvey:
    """The survey, a file for each language."""
    files = {
        f"-{code}.txt": "\n".join(_lines(survey, code)).encode("utf-8") for code in survey.languages
    }
    return WrittenSurvey(files, (*_NOTES, *_several(survey)))


def shown(text: str) -> str:
    """Text on one line that is neither markup nor a command."""
    safe = html.escape(text, quote=False).replace("[[", "[ [").replace("]]", "] ]")
    return safe.replace("${", "$ {")


def _lines(survey: SurveyOutline, code: str) -> Iterator[str]:
    yield "[[AdvancedFormat]]"
    yield ""
    for name, value in survey.hidden.items():
        yield f"[[ED:{name}:{value}]]"
        yield ""
    yield f"[[Block:{_name(survey.title[code])}]]"
    yield ""
    yield "[[Question:DB]]"
    yield "[[ID:intro]]"
    yield "<br><br>".join(shown(text) for text in survey.intro[code])
    yield ""
    for one in survey.person:
        yield from _question(one, one.code, code)
    for role in survey.roles:
        own = survey.asked_of(role.value)
        yield f"[[Block:{_name(role.label[code])}]]"
        yield ""
        for place, part in enumerate(own.parts):
            if place:
                yield "[[PageBreak]]"
                yield ""
            yield "[[Question:DB]]"
            yield f"[[ID:{_plain(part.id)}{_plain(role.code)}]]"
            yield f"<b>{shown(part.name[code])}</b><br>{shown(part.about[code])}"
            yield ""
            for one in part.questions:
                yield from _question(one, one.by_role[role.value], code)
    yield f"[[Block:{_name(words(code)('forms.ui.thanks'))}]]"
    yield ""
    yield "[[Question:DB]]"
    yield "[[ID:thanks]]"
    yield "<br><br>".join(shown(text) for text in survey.thanks[code])
    yield ""


def _question(one: SurveyQuestion, id: str, code: str) -> Iterator[str]:
    kind = {"words": "TE:Essay", "line": "TE:SingleLine", "many": "MC:MultipleAnswer:Vertical"}.get(
        one.kind, "MC:SingleAnswer:Vertical"
    )
    yield f"[[Question:{kind}]]"
    yield f"[[ID:{id}]]"
    hint = words(code)(HINTS[one.kind]) if one.kind in HINTS else ""
    yield shown(one.texts[code]) + (f"<br><i>{shown(hint)}</i>" if hint else "")
    if one.options:
        yield "[[AdvancedChoices]]"
        for option in one.options:
            yield f"[[Choice:{option.number}]]"
            yield shown(option.label[code])
    yield ""


def _name(text: str) -> str:
    """A block's name: nothing in it ends the command."""
    return " ".join(text.replace("[", "(").replace("]", ")").replace(":", " ").split())


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isalnum())


def _several(survey: SurveyOutline) -> tuple[str, ...]:
    one = survey.several
    if one is None:
        return ()
    how = f"at least and at most {one.most}" if one.exactly else f"at most {one.most}"
    return (
        f"How many of “{one.code}” are chosen cannot be said in the file: under Validation set {how}.",
    )
