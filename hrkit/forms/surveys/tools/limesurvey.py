"""LimeSurvey: a survey's structure (``.lss``), as versions 5 and 6 write and read it.

Tables of rows, linked by numbers that LimeSurvey gives anew when it reads the file.  Texts are HTML
there, and braces are its expressions: both are escaped, so that outside text is neither.  Whose
answers these are and which round stands in two hidden equations; answers have no name, address, time
or order beside them but their number, and there are no quotas.
"""

from __future__ import annotations

import hashlib
import html
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence

from hrkit.forms.surveys.described import HINTS, SurveyOutline, SurveyQuestion
from hrkit.forms.surveys.written import WrittenSurvey
from hrkit.model.language import Texts, words

__all__ = ["write"]

#: Version of LimeSurvey's tables whose structure this is (6.0 and later read it; so does 5.4).
_TABLES = "490"
#: Settings of a survey, in the order of LimeSurvey's own table; what is left out is the server's.
_SETTINGS = {
    "admin": "inherit",
    "adminemail": "inherit",
    "anonymized": "Y",
    "format": "G",
    "savetimings": "N",
    "template": "inherit",
    "datestamp": "N",
    "usecookie": "N",
    "allowregister": "N",
    "allowsave": "N",
    "autonumber_start": "0",
    "autoredirect": "N",
    "allowprev": "Y",
    "printanswers": "N",
    "ipaddr": "N",
    "ipanonymize": "Y",
    "refurl": "N",
    "showsurveypolicynotice": "0",
    "publicstatistics": "N",
    "publicgraphs": "N",
    "listpublic": "N",
    "htmlemail": "Y",
    "sendconfirmation": "N",
    "tokenanswerspersistence": "N",
    "assessments": "N",
    "usecaptcha": "N",
    "usetokens": "N",
    "bounce_email": "inherit",
    "emailresponseto": "inherit",
    "emailnotificationto": "inherit",
    "tokenlength": "-1",
    "showxquestions": "N",
    "showgroupinfo": "B",
    "shownoanswer": "Y",
    "showqnumcode": "X",
    "bounceprocessing": "N",
    "showwelcome": "Y",
    "showprogress": "Y",
    "questionindex": "0",
    "navigationdelay": "0",
    "nokeyboard": "N",
    "alloweditaftercompletion": "N",
}
_QUESTION = [
    *("qid", "parent_qid", "sid", "gid", "type", "title", "preg", "other", "mandatory"),
    *("encrypted", "question_order", "scale_id", "same_default", "relevance"),
    *("question_theme_name", "modulename", "same_script"),
]
_FIELDS: Mapping[str, Sequence[str]] = {
    "answers": ["aid", "qid", "code", "sortorder", "assessment_value", "scale_id"],
    "answer_l10ns": ["id", "aid", "answer", "language"],
    "groups": ["gid", "sid", "group_order", "randomization_group", "grelevance"],
    "group_l10ns": ["id", "gid", "group_name", "description", "language"],
    "questions": _QUESTION,
    "subquestions": _QUESTION,
    "question_l10ns": ["id", "qid", "question", "help", "script", "language"],
    "question_attributes": ["qid", "attribute", "value", "language"],
    "surveys": ["sid", "gsid", *_SETTINGS, "language", "additional_languages"],
    "surveys_languagesettings": [
        "surveyls_survey_id",
        "surveyls_language",
        "surveyls_title",
        "surveyls_description",
        "surveyls_welcometext",
        "surveyls_endtext",
        "surveyls_dateformat",
        "surveyls_numberformat",
    ],
}
_THEMES = {
    "L": "listradio",
    "!": "list_dropdown",
    "M": "multiplechoice",
    "T": "longfreetext",
    "S": "shortfreetext",
    "*": "equation",
}
#: From so many options on one chooses from a list that unfolds.
_MANY = 12
_NOTES = (
    "Import it under Create survey > Import; answers go back as an export in CSV with codes, or with labels.",
    "Anonymised, without times, addresses and referrers: leave these settings as they are.",
    "The number of an answer tells the order of arrival: the kit does not read it.",
)


def write(survey: SurveyOutline) -> WrittenSurvey:
    """The survey as one ``.lss`` file, in all its languages."""
    return WrittenSurvey({".lss": _File(survey).made()}, _NOTES)


def shown(text: str) -> str:
    """Text within LimeSurvey's HTML: no sign of it is markup or an expression."""
    return html.escape(text, quote=False).replace("{", "&#123;").replace("}", "&#125;")


class _File:
    """Lives for one call of `write`: rows by table, and the numbers that link them."""

    def __init__(self, survey: SurveyOutline) -> None:
        self.survey = survey
        digest = hashlib.sha256(f"{survey.engagement} {survey.wave}".encode()).digest()
        self.sid = str(100_000 + int.from_bytes(digest[:4], "big") % 900_000)
        self.rows: dict[str, list[dict[str, str]]] = {name: [] for name in _FIELDS}
        self.codes = {one.value: one.code for one in survey.roles}
        self.said = {code: words(code) for code in survey.languages}

    def made(self) -> bytes:
        survey = self.survey
        group = self._group(survey.title, {})
        for place, (name, value) in enumerate(survey.hidden.items()):
            self._equation(group, name, value, place)
        for place, one in enumerate(survey.person, len(survey.hidden)):
            self._question(group, one, place)
        for part in survey.parts:
            group = self._group(part.name, part.about)
            for place, one in enumerate(part.questions):
                self._question(group, one, place)
        self._settings()
        root = ET.Element("document")
        ET.SubElement(root, "LimeSurveyDocType").text = "Survey"
        ET.SubElement(root, "DBVersion").text = _TABLES
        spoken = ET.SubElement(root, "languages")
        for code in survey.languages:
            ET.SubElement(spoken, "language").text = code
        for name, fields in _FIELDS.items():
            if not self.rows[name]:
                continue
            table = ET.SubElement(root, name)
            known = ET.SubElement(table, "fields")
            for field in fields:
                ET.SubElement(known, "fieldname").text = field
            lines = ET.SubElement(table, "rows")
            for row in self.rows[name]:
                line = ET.SubElement(lines, "row")
                for field in fields:
                    ET.SubElement(line, field).text = row.get(field) or None
        ET.indent(root, " ")
        return ET.tostring(root, encoding="utf-8", xml_declaration=True)

    def _number(self, table: str, more: int = 0) -> str:
        return str(len(self.rows[table]) + more + 1)

    def _put(self, table: str, **row: str) -> None:
        self.rows[table].append(row)

    def _group(self, name: Texts, about: Texts) -> str:
        gid = self._number("groups")
        self._put("groups", gid=gid, sid=self.sid, group_order=gid, grelevance="1")
        for code in self.survey.languages:
            self._put(
                "group_l10ns",
                id=self._number("group_l10ns"),
                gid=gid,
                group_name=shown(name[code]),
                description=shown(about.get(code, "")),
                language=code,
            )
        return gid

    def _new(self, table: str, texts: Texts, **row: str) -> str:
        """A question, or a part of one: both have numbers of one kind."""
        qid = str(len(self.rows["questions"]) + len(self.rows["subquestions"]) + 1)
        fixed = {"sid": self.sid, "other": "N", "encrypted": "N", "scale_id": "0"}
        fixed |= {"same_default": "0", "same_script": "0", "relevance": "1"}
        self._put(table, qid=qid, **{**fixed, **row})
        for code in self.survey.languages:
            self._put(
                "question_l10ns",
                id=self._number("question_l10ns"),
                qid=qid,
                question=texts[code],
                language=code,
            )
        return qid

    def _equation(self, gid: str, name: str, value: str, place: int) -> None:
        # Its text is the heading of an export that has questions for headings.
        texts = dict.fromkeys(self.survey.languages, shown(name))
        qid = self._new(
            "questions", texts, parent_qid="0", gid=gid, type="*", title=name,
            mandatory="N", question_order=str(place + 1), question_theme_name=_THEMES["*"],
        )  # fmt: skip
        self._attribute(qid, "hidden", "1")
        self._attribute(qid, "equation", value)

    def _question(self, gid: str, one: SurveyQuestion, place: int) -> None:
        kind = {"words": "T", "line": "S", "many": "M"}.get(one.kind) or (
            "!" if len(one.options) > _MANY else "L"
        )
        texts = {code: shown(one.texts[code]) for code in self.survey.languages}
        qid = self._new(
            "questions", texts, parent_qid="0", gid=gid, type=kind, title=one.code,
            mandatory="Y" if one.required else "N", question_order=str(place + 1),
            relevance=self._relevance(one.roles), question_theme_name=_THEMES[kind],
        )  # fmt: skip
        if one.kind in HINTS:
            for row in self.rows["question_l10ns"][-len(self.survey.languages) :]:
                row["help"] = shown(self.said[row["language"]](HINTS[one.kind]))
        if kind == "M":
            self._boxes(gid, qid, one)
            return
        for order, option in enumerate(one.options):
            aid = self._number("answers")
            self._put(
                "answers", aid=aid, qid=qid, code=option.code, sortorder=str(order),
                assessment_value="0", scale_id="0",
            )  # fmt: skip
            for code in self.survey.languages:
                self._put(
                    "answer_l10ns", id=self._number("answer_l10ns"), aid=aid,
                    answer=shown(option.label[code]), language=code,
                )  # fmt: skip

    def _boxes(self, gid: str, qid: str, one: SurveyQuestion) -> None:
        """A box each; so many of them, or none: whoever skips the question may."""
        for order, option in enumerate(one.options):
            texts = {code: shown(option.label[code]) for code in self.survey.languages}
            self._new(
                "subquestions", texts, parent_qid=qid, gid=gid, type="M", title=option.code,
                mandatory="N", question_order=str(order + 1),
            )  # fmt: skip
        n = str(one.most)
        self._attribute(qid, "max_answers", n)
        rule = f"count(self.NAOK) == 0 or count(self.NAOK) == {n}"
        if not one.exactly:
            rule = f"count(self.NAOK) <= {n}"
        self._attribute(qid, "em_validation_q", rule)
        for code in self.survey.languages:
            tip = shown(self.said[code](one.how_many, n=n))
            self._attribute(qid, "em_validation_q_tip", tip, code)

    def _attribute(self, qid: str, name: str, value: str, language: str = "") -> None:
        self._put("question_attributes", qid=qid, attribute=name, value=value, language=language)

    def _relevance(self, roles: Iterable[str]) -> str:
        asked = " or ".join(f'perspective.NAOK == "{self.codes[role]}"' for role in roles)
        return f"({asked})" if asked else "1"

    def _settings(self) -> None:
        survey = self.survey
        own, *others = survey.languages
        self._put(
            "surveys", sid=self.sid, gsid="1", **_SETTINGS,
            language=own, additional_languages=" ".join(others),
        )  # fmt: skip
        for code in survey.languages:
            self._put(
                "surveys_languagesettings",
                surveyls_survey_id=self.sid,
                surveyls_language=code,
                surveyls_title=shown(survey.title[code]),
                surveyls_welcometext=_paragraphs(survey.intro[code]),
                surveyls_endtext=_paragraphs(survey.thanks[code]),
                surveyls_dateformat="5",
                surveyls_numberformat="0",
            )


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{shown(text)}</p>" for text in texts)
