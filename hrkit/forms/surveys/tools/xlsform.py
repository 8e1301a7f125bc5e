"""XLSForm: the workbook that ODK, KoBoToolbox and SurveyCTO make a form of.

Sheets ``survey``, ``choices`` and ``settings``; languages are columns.  No metadata is asked for: no
start, no end, no device, no user.  ``${…}`` names another field in these programs, so outside text
may not hold it.  Every cell is text.
"""

from __future__ import annotations

from collections.abc import Iterable

from hrkit.forms.surveys.cells import workbook
from hrkit.forms.surveys.described import HINTS, SurveyOutline, SurveyQuestion
from hrkit.forms.surveys.written import WrittenSurvey
from hrkit.model.language import Texts, words
from hrkit.model.languages import languages

__all__ = ["write"]

_NOTES = (
    "Upload it as a new form; answers go back as an export in CSV or XLSX, with values or with labels.",
    "The program adds times and ids of its own to an export: the kit does not read them.",
    "The words before the first question stand in notes, since a form has no page of its own for them.",
)


def write(survey: SurveyOutline) -> WrittenSurvey:
    """The survey as one workbook, in all its languages."""
    return WrittenSurvey({".xlsx": workbook(_sheets(survey))}, _NOTES)


def shown(text: str) -> str:
    """Text in which no other field is named."""
    return text.replace("${", "$ {")


def _sheets(survey: SurveyOutline) -> dict[str, list[list[str]]]:
    spoken = survey.languages
    names = {code: f"{languages()[code].name} ({code})" for code in spoken}
    each = [f"::{names[code]}" for code in spoken]
    heads = ["type", "name", *(f"label{one}" for one in each), *(f"hint{one}" for one in each)]
    heads += ["required", "relevant", "constraint", *(f"constraint_message{one}" for one in each)]
    heads += ["calculation", "appearance"]
    nothing = [""] * len(spoken)
    rows = [heads]

    def put(
        kind: str,
        name: str,
        label: Texts | None = None,
        hint: Texts | None = None,
        required: str = "",
        relevant: str = "",
        constraint: str = "",
        message: Texts | None = None,
        calculation: str = "",
        appearance: str = "",
    ) -> None:
        def said(texts: Texts | None) -> list[str]:
            return [shown(texts[code]) for code in spoken] if texts else nothing

        row = [kind, name, *said(label), *said(hint), required, relevant, constraint]
        rows.append([*row, *said(message), calculation, appearance])

    for place in range(len(survey.intro[survey.language])):
        put("note", f"intro{place + 1}", {code: survey.intro[code][place] for code in spoken})
    for name, value in survey.hidden.items():
        put("calculate", name, calculation=f"'{value}'")
    ws = {code: words(code) for code in spoken}
    codes = {one.value: one.code for one in survey.roles}

    def ask(one: SurveyQuestion) -> None:
        kind = {"words": "text", "line": "text", "many": f"select_multiple {_list(one)}"}.get(
            one.kind, f"select_one {_list(one)}"
        )
        many = one.kind == "many"
        put(
            kind,
            one.code,
            one.texts,
            hint={c: w(HINTS[one.kind]) for c, w in ws.items()} if one.kind in HINTS else None,
            required="yes" if one.required else "",
            relevant=_relevant(one.roles, codes),
            constraint=f"count-selected(.) {'=' if one.exactly else '<='} {one.most}"
            if many
            else "",
            message={c: w(one.how_many, n=one.most) for c, w in ws.items()} if many else None,
            appearance="multiline" if one.kind == "words" else "",
        )

    for one in survey.person:
        ask(one)
    for part in survey.parts:
        # A page; its relevance is that of what stands in it.
        put("begin_group", f"page{_plain(part.id)}", part.name, appearance="field-list")
        put("note", f"about{_plain(part.id)}", part.about)
        for one in part.questions:
            ask(one)
        put("end_group", "")
    for place in range(len(survey.thanks[survey.language])):
        put("note", f"thanks{place + 1}", {code: survey.thanks[code][place] for code in spoken})
    lists: dict[str, SurveyQuestion] = {}
    for one in survey.everything:
        if one.options:
            lists.setdefault(_list(one), one)
    choices = [["list_name", "name", *(f"label{one}" for one in each)]]
    for name, one in lists.items():
        for option in one.options:
            choices.append([name, option.code, *(shown(option.label[code]) for code in spoken)])
    settings = [
        ["form_title", "form_id", "default_language", "version"],
        [
            shown(survey.title[survey.language]),
            f"{survey.engagement}-{survey.wave}",
            names[survey.language],
            "1",
        ],
    ]
    return {"survey": rows, "choices": choices, "settings": settings}


def _list(one: SurveyQuestion) -> str:
    return f"l_{_plain(one.scale)}"


def _plain(text: str) -> str:
    return "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in text)


def _relevant(roles: Iterable[str], codes: dict[str, str]) -> str:
    return " or ".join(f"${{perspective}} = '{codes[role]}'" for role in roles)
