"""DDI Codebook 2.5: what was asked, for an archive or another program; no answer is in it.

A variable for each column that an import knows, with its question in every language, who is asked it,
and its answers with their codes.  The number of cases, values and dates of answers stand nowhere.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from hrkit.answers.tool_codes import bare
from hrkit.forms.surveys.described import Option, SurveyOutline, SurveyQuestion
from hrkit.forms.surveys.written import WrittenSurvey
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT

__all__ = ["NAMESPACE", "write"]

NAMESPACE = "ddi:codebook:2_5"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOTES = ("A codebook describes the questionnaire; no program makes a survey of it.",)


def write(survey: SurveyOutline) -> WrittenSurvey:
    """The codebook as one XML file, in all languages."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}codeBook", {"version": "2.5", "ID": _id(survey.engagement)})
    _study(root, survey)
    _variables(root, survey)
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return WrittenSurvey({".xml": text}, _NOTES)


def _add(
    parent: ET.Element, tag: str, text: str = "", language: str = "", /, **how: str
) -> ET.Element:
    made = ET.SubElement(parent, f"{{{NAMESPACE}}}{tag}", dict(how))
    if text:
        made.text = text
    if language:
        made.set(_LANG, language)
    return made


def _study(root: ET.Element, survey: SurveyOutline) -> None:
    study = _add(root, "stdyDscr")
    own, *others = survey.languages
    title = _add(_add(study, "citation"), "titlStmt")
    _add(title, "titl", survey.title[own], own)
    for code in others:
        _add(title, "parTitl", survey.title[code], code)
    _add(title, "IDNo", f"{survey.engagement}-{survey.wave}")
    about = _add(study, "stdyInfo")
    for code in survey.languages:
        _add(about, "abstract", " ".join(survey.intro[code]), code)


def _variables(root: ET.Element, survey: SurveyOutline) -> None:
    data = _add(root, "dataDscr")
    for part in survey.parts:
        mine = " ".join(f"V_{name}" for one in part.questions for name, _ in _columns(one))
        group = _add(data, "varGrp", ID=f"G_{bare(part.id)}", type="section", var=mine)
        for code in survey.languages:
            _add(group, "labl", part.name[code], code)
    for one in survey.everything:
        # What could tell who somebody is has no place in an archive.
        if one.kind == "line":
            continue
        for name, option in _columns(one):
            _variable(data, survey, one, name, option)


def _variable(
    data: ET.Element, survey: SurveyOutline, one: SurveyQuestion, name: str, option: Option | None
) -> None:
    var = _add(data, "var", ID=f"V_{name}", name=name, intrvl="discrete")
    for code in survey.languages:
        label = f"{one.texts[code]} – {option.label[code]}" if option else one.texts[code]
        _add(var, "labl", label, code)
    question = _add(var, "qstn")
    for code in survey.languages:
        _add(question, "qstnLit", one.texts[code], code)
    roles = {role.value: role.label for role in survey.roles}
    for code in survey.languages if one.roles else ():
        _add(var, "universe", ", ".join(roles[role][code] for role in one.roles), code)
    for value in ("1", "0") if option else ():
        _add(_add(var, "catgry"), "catValu", value)
    for choice in () if option else one.options:
        missing = "Y" if choice.value in (DONT_KNOW, NOT_RELEVANT) else "N"
        category = _add(var, "catgry", missing=missing)
        _add(category, "catValu", choice.number)
        for code in survey.languages:
            _add(category, "labl", choice.label[code], code)
    _add(var, "varFormat", type="character" if one.kind == "words" else "numeric", schema="other")


def _columns(one: SurveyQuestion) -> Iterator[tuple[str, Option | None]]:
    """The columns of a question: itself, or one for each of several answers."""
    if one.kind != "many":
        yield one.code, None
        return
    for option in one.options:
        yield f"{one.code}_{option.code}", option


def _id(text: str) -> str:
    """An XML name made of an id."""
    return f"H{bare(text)}"
