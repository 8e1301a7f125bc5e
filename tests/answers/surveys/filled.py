"""Surveys that were written for other programs, filled in from the files alone, and what those programs export.

Each reader here knows a program's own file and nothing of the kit: which questions it shows to whom,
under which code, with which answers.  Whoever answers looks for the words of a question and the label
of an answer.  Then each program writes what was given in its own format.
"""

from __future__ import annotations

import csv
import html
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrkit.model.ballot import chosen
from hrkit.model.engagement import Engagement

from ..simulated import Person


@dataclass
class Field:
    """A question as a program shows it: words, answers (code and label), and to whom."""

    code: str
    text: str
    kind: str
    options: list[tuple[str, str]] = field(default_factory=list)
    shown: Callable[[Mapping[str, str]], bool] = lambda given: True

    def code_of(self, label: str) -> str:
        (found,) = [code for code, said in self.options if bare(said) == bare(label)]
        return found


def bare(text: str) -> str:
    """A text without its spaces: a program may need one where the words have none."""
    return "".join(text.split())


def fill(fields: Sequence[Field], person: Person, engagement: Engagement) -> dict[str, Any]:
    """What a person enters, by the code of a question: a code, a set of codes, or words."""
    instrument, language = engagement.instrument, person.language
    w = engagement.words(language)
    given: dict[str, Any] = {}

    def asked(text: str) -> Field:
        (found,) = [one for one in fields if bare(one.text) == bare(text) and one.shown(given)]
        return found

    for one in fields:
        if one.text == w("answers.columns.wave"):
            ((given[one.code], _),) = one.options
    role = asked(w("forms.ui.role"))
    given[role.code] = role.code_of(
        str(instrument.people.one(person.perspective).name("role", language))
    )
    unit = asked(w("forms.ui.unit"))
    given[unit.code] = unit.code_of(engagement.unit(person.unit).name)
    for one in fields:
        if bare(one.text) == bare(w("forms.ui.code")) and person.code:
            assert not one.options
            given[one.code] = person.code
    for question in instrument.questions(person.perspective):
        text = instrument.wording(question.item, person.perspective, language)
        if len(question.item.facets) > 1:
            text = f"{text} – {question.facet.label[language]}"
        one = asked(" ".join(text.split()))
        value, scale = person.given.get(question.key), question.facet.scale
        if value is None:
            continue
        labels = {c.value: c.label[language] for c in (*scale.choices, *scale.ways_out)}
        if scale.kind == "text":
            given[one.code] = value
        elif scale.kind == "pick":
            given[one.code] = {one.code_of(labels[option]) for option in chosen(value)}
        else:
            given[one.code] = one.code_of(labels[value])
    hidden = [one for one in fields if not one.shown(given) and one.code in given]
    assert not hidden
    return given


def write_csv(path: Path, rows: Sequence[Sequence[str]], sign: str = ",", encoding: str = "utf-8-sig") -> Path:  # fmt: skip
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign, quoting=csv.QUOTE_ALL).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


# ------------------------------------------------------------------------------------ LimeSurvey


def tables(data: bytes) -> dict[str, list[dict[str, str]]]:
    """The tables of a ``.lss`` file, each as rows by field."""
    root = ET.fromstring(data)
    return {
        table.tag: [{c.tag: c.text or "" for c in row} for row in table.iterfind("rows/row")]
        for table in root
        if table.find("rows") is not None
    }


def _relevant(rule: str) -> Callable[[Mapping[str, str]], bool]:
    codes = set(re.findall(r'perspective\.NAOK == "(\w+)"', rule))
    assert codes or rule == "1"
    return lambda given: not codes or given.get("perspective") in codes


def limesurvey_fields(data: bytes, language: str) -> tuple[list[Field], dict[str, str]]:
    """Its questions in one language, and what its hidden equations say."""
    found = tables(data)
    texts = {r["qid"]: r["question"] for r in found["question_l10ns"] if r["language"] == language}
    labels = {r["aid"]: r["answer"] for r in found["answer_l10ns"] if r["language"] == language}
    equations = {r["qid"]: r["value"] for r in found["question_attributes"] if r["attribute"] == "equation"}  # fmt: skip
    fields, hidden = [], {}
    for row in found["questions"]:
        qid = row["qid"]
        if row["type"] == "*":
            hidden[row["title"]] = equations[qid]
            continue
        options = [(r["code"], html.unescape(labels[r["aid"]])) for r in found["answers"] if r["qid"] == qid]  # fmt: skip
        parts = [(r["title"], html.unescape(texts[r["qid"]])) for r in found.get("subquestions", []) if r["parent_qid"] == qid]  # fmt: skip
        fields.append(
            Field(row["title"], html.unescape(texts[qid]), row["type"], options or parts, _relevant(row["relevance"]))
        )  # fmt: skip
    return fields, hidden


def limesurvey(files: Mapping[str, bytes], people: Sequence[Person], engagement: Engagement, place: Path) -> Iterator[Path]:  # fmt: skip
    """Its CSV with codes, as version 6 writes it of an anonymised survey without times."""
    (data,) = files.values()
    heads = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    rows = []
    for n, person in enumerate(people, 1):
        fields, hidden = limesurvey_fields(data, person.language)
        given = fill(fields, person, engagement)
        row = [str(n), "1980-01-01 00:00:00", "12", person.language, "1766240890", *hidden.values()]
        for one in fields:
            value = given.get(one.code, "")
            row += (
                ["Y" if code in value else "" for code, _ in one.options]
                if one.kind == "M"
                else [value]
            )
        rows.append(row)
    heads += [*hidden]
    for one in fields:
        heads += (
            [f"{one.code}[{code}]" for code, _ in one.options] if one.kind == "M" else [one.code]
        )
    yield write_csv(place / "results-survey1.csv", [heads, *rows], ";")


# --------------------------------------------------------------------------------------- XLSForm


def sheets(data: bytes) -> dict[str, list[dict[str, str]]]:
    """The sheets of a workbook, each as rows by heading."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = {}
    for name in book.sheet_names:
        head, *rows = [[str(c) for c in row] for row in book.get_sheet_by_name(name).to_python()]
        found[name] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def xlsform(files: Mapping[str, bytes], people: Sequence[Person], engagement: Engagement, place: Path) -> Iterator[Path]:  # fmt: skip
    """KoBo's CSV with values and groups; notes stand there as columns without anything."""
    (data,) = files.values()
    book = sheets(data)
    languages = {re.search(r"\((\w+)\)", k)[1]: k for k in book["choices"][0] if "::" in k}  # type: ignore[index]

    def shown(rule: str) -> Callable[[Mapping[str, str]], bool]:
        codes = set(re.findall(r"\$\{perspective\} = '(\w+)'", rule))
        assert codes or not rule
        return lambda given: not codes or given.get("perspective") in codes

    heads: list[str] = []
    group, lines = "", []
    for row in book["survey"]:
        kind, name = row["type"].partition(" ")[0], row["name"]
        if kind == "begin_group":
            group = f"{name}/"
        elif kind == "end_group":
            group = ""
        else:
            lines.append((row, kind, group + name))
            heads.append(group + name)
            if kind == "select_multiple":
                options = [
                    c["name"] for c in book["choices"] if c["list_name"] == row["type"].split()[1]
                ]
                heads += [f"{group}{name}/{option}" for option in options]
    rows = []
    for n, person in enumerate(people, 1):
        head = languages[person.language]
        fields = []
        for row, kind, _ in lines:
            if kind in ("select_one", "select_multiple", "text"):
                options = [(c["name"], c[head]) for c in book["choices"] if row["type"].endswith(f" {c['list_name']}")]  # fmt: skip
                fields.append(Field(row["name"], row[head], kind, options, shown(row["relevant"])))
        given = fill(fields, person, engagement)
        cells: list[str] = []
        for row, kind, _ in lines:
            value = given.get(row["name"], "")
            if kind == "calculate":
                cells.append(row["calculation"].strip("'"))
            elif kind == "select_multiple":
                options = [
                    c["name"] for c in book["choices"] if c["list_name"] == row["type"].split()[1]
                ]
                cells.append(" ".join(o for o in options if o in value))
                cells += [("1" if o in value else "0") if value else "" for o in options]
            else:
                cells.append(value)
        rows.append([*cells, str(n), f"uuid:{n}", "2026-11-02T09:00:00", str(n)])
    yield write_csv(place / "kobo.csv", [[*heads, "_id", "_uuid", "_submission_time", "_index"], *rows], ";")  # fmt: skip


# ------------------------------------------------------------------------------------- Qualtrics


def qualtrics_fields(text: str) -> tuple[list[tuple[str, Field]], dict[str, str]]:
    """Its questions, each with the block it stands in, and its embedded data."""
    found: list[tuple[str, Field]] = []
    hidden: dict[str, str] = {}
    block, one, option = "", None, ""
    for line in text.splitlines():
        if tag := re.fullmatch(r"\[\[(\w+)(?::(.*))?\]\]", line):
            name, value = tag[1], tag[2] or ""
            if name == "ED":
                key, _, said = value.partition(":")
                hidden[key] = said
            elif name == "Block":
                block = value
            elif name == "Question":
                one = Field("", "", value)
                found.append((block, one))
            elif name == "ID" and one is not None:
                one.code = value
            elif name == "Choice":
                option = value
            else:
                assert name in ("AdvancedFormat", "PageBreak", "AdvancedChoices"), line
        elif line and one is not None:
            said = html.unescape(re.sub(r"<i>.*</i>|<br>", "", line))
            if option:
                one.options.append((option, said))
                option = ""
            else:
                one.text = said
    return [(b, f) for b, f in found if f.kind != "DB"], hidden


def qualtrics(files: Mapping[str, bytes], people: Sequence[Person], engagement: Engagement, place: Path) -> Iterator[Path]:  # fmt: skip
    """Its CSV with numbers and three rows of headings; a branch shows each role its block."""
    read = {name[1:3]: qualtrics_fields(data.decode("utf-8")) for name, data in files.items()}
    own = ("StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)",
           "Finished", "RecordedDate", "ResponseId", "DistributionChannel", "UserLanguage")  # fmt: skip
    rows, heads, texts = [], [], []
    for n, person in enumerate(people, 1):
        blocks, hidden = read[person.language]
        role = engagement.instrument.people.one(person.perspective).name("role", person.language)
        first = blocks[0][0]
        mine = [one for block, one in blocks if block in (first, str(role))]
        given = fill(mine, person, engagement)
        row = ["2026-11-02 09:00:00", "2026-11-02 09:09:00", "0", "", "100", "540", "1",
               "2026-11-02 09:09:01", f"R_{n:015}", "anonymous", person.language.upper()]  # fmt: skip
        heads, texts = [*own], [*own]
        for _, one in blocks:
            value = given.get(one.code, "")
            if "MultipleAnswer" in one.kind:
                row += ["1" if code in value else "" for code, _ in one.options]
                heads += [f"{one.code}_{code}" for code, _ in one.options]
                texts += [f"{one.text} - Selected Choice - {label}" for _, label in one.options]
            else:
                row.append(value)
                heads.append(one.code)
                texts.append(one.text)
        rows.append([*row, *hidden.values()])
        heads, texts = [*heads, *hidden], [*texts, *hidden]
    ids = [f'{{"ImportId":"QID{n}"}}' for n in range(len(heads))]
    yield write_csv(place / "qualtrics.csv", [heads, texts, ids, *rows])


# ------------------------------------------------------------------------------------ SurveyXact


def surveyxact(files: Mapping[str, bytes], people: Sequence[Person], engagement: Engagement, place: Path) -> Iterator[Path]:  # fmt: skip
    """Its dataset in UTF-16, variables and numbers as the workbook says."""
    from hrkit.model.languages import languages

    (data,) = files.values()
    book = sheets(data)
    own = ["respondentid", "organization", "created", "modified", "closetime", "starttime", "difftime",
           "email", "digitaldistributionstatus", "statoverall_1", "statoverall_2", "statoverall_3",
           "statoverall_4", "statoverall_5"]  # fmt: skip
    hidden = {row["variable"]: row["value"] for row in book["Hidden"]}
    rows, heads = [], own
    roles = engagement.instrument.people
    for n, person in enumerate(people, 1):
        head = languages()[person.language].name
        role = str(roles.one(person.perspective).name("role", engagement.language))
        fields = []
        for row in book["Questions"]:
            if row["type"] != "page":
                options = [
                    (a["number"], a[head])
                    for a in book["Answers"]
                    if a["answers"] == row["answers"]
                ]
                asked = row["shown to"]
                fields.append(
                    Field(row["variable"], row[head], row["type"], options,
                          lambda given, asked=asked, role=role: asked == "everybody" or role in asked.split(", "))
                )  # fmt: skip
        given = fill(fields, person, engagement)
        cells = [str(n), "7", *["1.1.2026"] * 4, "61", "", "-", "0", "0", "0", "1", "0"]
        heads = [*own]
        for one in fields:
            value = given.get(one.code, "")
            if one.kind.startswith("several"):
                heads += [f"{one.code}_{code}" for code, _ in one.options]
                cells += [
                    ("1" if code in value else "0") if value else "" for code, _ in one.options
                ]
            else:
                heads.append(one.code)
                cells.append(value)
        rows.append([*cells, *hidden.values()])
        heads = [*heads, *hidden]
    yield write_csv(place / "dataset.csv", [heads, *rows], "\t", "utf-16")


# ------------------------------------------------------------------------------- Microsoft Forms


def msforms_fields(data: bytes) -> list[Field]:
    """What Quick import makes of a document: numbered questions with lettered answers."""
    from docx import Document

    fields: list[Field] = []
    for paragraph in Document(io.BytesIO(data)).paragraphs:
        if found := re.fullmatch(r"(\d+)\. (.+)", paragraph.text, re.S):
            assert int(found[1]) == len(fields) + 1
            fields.append(Field(found[2], found[2], "one"))
        elif found := re.fullmatch(r"([A-Z]{1,2}\d*)\. (.+)", paragraph.text):
            fields[-1].options.append((found[2], found[2]))
    return fields


def msforms(files: Mapping[str, bytes], people: Sequence[Person], engagement: Engagement, place: Path) -> Iterator[Path]:  # fmt: skip
    """The workbook of each form: words for headings and cells, lists with semicolons."""
    import xlsxwriter

    for n, person in enumerate(people, 1):
        fields = msforms_fields(files[f"-{person.perspective}-{person.language}.docx"])
        given = fill(fields, person, engagement)
        path = place / f"form{n}.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("Sheet1")
            own = {"Id": str(n), "Start time": "11/2/26 9:00:00", "Completion time": "11/2/26 9:09:00",
                   "Email": "anonymous", "Name": ""}  # fmt: skip
            for x, (head, text) in enumerate(own.items()):
                sheet.write_string(0, x, head)
                sheet.write_string(1, x, text)
            for x, one in enumerate(fields, len(own)):
                value = given.get(one.code, "")
                if isinstance(value, set):
                    value = "".join(f"{label};" for _, label in one.options if label in value)
                sheet.write_string(0, x, one.text)
                sheet.write_string(1, x, value)
        yield path


#: Program to who fills a survey in there and exports it; each yields the files that come back.
PROGRAMS = {
    "limesurvey": limesurvey,
    "xlsform": xlsform,
    "qualtrics": qualtrics,
    "surveyxact": surveyxact,
    "msforms": msforms,
}
