"""What ten survey programs would write of the same answers: look-alikes of the structure of real exports.

Each function takes people and gives the rows of a file as its program writes them.  The structures
were taken from real exports in public repositories, which are read in nobody's name and kept nowhere
here: LimeSurvey's CSV with texts (three surveys) and its file for R (two), Qualtrics' CSV with three
rows of headings (one in German) and with two (three surveys), SurveyXact's dataset in UTF-16 with cut
variable names, SurveyMonkey's two rows (two surveys, one with single line ends of old Macs), KoBo's
CSV (one that a spreadsheet had packed into a CSV again), REDCap's raw data of a survey and with
checkboxes and its dictionary, Google Forms' sheet, and SPSS files with labels and missing values.
Of Microsoft Forms and Enalyzer no export that one may read was found: these follow their help pages.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrkit.answers.ballots import answer_columns
from hrkit.answers.files.excel import PROPERTY
from hrkit.answers.tool_codes import (
    MARK,
    QuestionCodes,
    answer_codes,
    answer_numbers,
    id_codes,
    id_numbers,
)
from hrkit.model.ballot import chosen
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Question


@dataclass(frozen=True)
class Person:
    """Somebody and what they answered: key of a question to what is stored."""

    perspective: str
    unit: str
    given: Mapping[str, str]
    language: str = "en"
    code: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a survey: what it is called, and what stands in it for a person."""

    code: str
    text: str
    question: Question | None = None
    option: str = ""
    who: frozenset[str] = frozenset()
    fact: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def option_label(self) -> str:
        assert self.question is not None
        scale = self.question.facet.scale
        return {c.value: c.label["en"] for c in scale.choices}[self.option]


def columns(engagement: Engagement, *, by_role: bool = False, split: bool = True) -> list[Column]:
    """The columns of a survey: role and unit, then every question, once a wording if it branches."""
    instrument, codes = engagement.instrument, QuestionCodes(engagement.instrument)
    words = engagement.words("en")
    role = {id: str(instrument.people.one(id).name("role", "en")) for id in instrument.perspectives}
    unit = {unit.id: unit.name for unit in engagement.units}
    found = [
        Column("perspective", words("forms.ui.role"), fact="perspective", names=role),
        Column("unit", words("forms.ui.unit"), fact="unit", names=unit),
    ]
    for key, question in instrument.keys.items():
        alike: dict[str, list[str]] = {}
        for who in question.item.ask:
            alike.setdefault(instrument.wording(question.item, who, "en"), []).append(who)
        wordings = alike.items() if by_role else list(alike.items())[:1]
        for text, who in wordings:
            named = who[0] if by_role and len(alike) > 1 else ""
            whose = frozenset(who) if named else frozenset()
            code = codes.of(key, named)
            scale = question.facet.scale
            if len(question.item.facets) > 1:
                text = f"{text} – {question.facet.label['en']}"
            if scale.kind == "pick" and split:
                found += [Column(code, text, question, option, whose) for option in scale.options]
            else:
                found.append(Column(code, text, question, "", whose))
    return found


def cell(
    column: Column, person: Person, how: str, ticks: tuple[str, str] = ("1", ""), parted: str = ";"
) -> str:
    """What stands in a column: in letters, numbers or labels."""
    if column.fact:
        id = getattr(person, column.fact)
        ids = tuple(column.names)
        return {
            "letters": id_codes(ids)[id],
            "numbers": str(id_numbers(ids)[id]),
            "labels": column.names[id],
        }[how]
    assert column.question is not None
    value = person.given.get(column.question.key, "")
    scale = column.question.facet.scale
    if not value or (column.who and person.perspective not in column.who):
        return ticks[1] if column.option and value else ""
    if column.option:
        said = column.option in chosen(value)
        label = column.option_label
        return ticks[0].format(label=label) if said else ticks[1]
    labels = {c.value: c.label["en"] for c in (*scale.choices, *scale.ways_out)}
    if scale.kind == "pick":
        options = [o for o in scale.options if o in chosen(value)]
        names = {"letters": answer_codes(scale), "numbers": answer_numbers(scale), "labels": labels}
        return parted.join(names[how][option] for option in options)
    if scale.kind == "text":
        return value
    return {
        "letters": answer_codes, "numbers": answer_numbers, "labels": lambda _: labels
    }[how](scale)[value]  # fmt: skip


# ------------------------------------------------------------------------------ how it is written


def write_csv(path: Path, rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:  # fmt: skip
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[str]], merged: bool = False) -> Path:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text.isascii() and text.isdecimal() and text[0] != "0" and len(text) < 9:
                sheet.write_number(r, c, int(text))
            elif text:
                sheet.write_string(r, c, text)
    if merged:
        first, run = rows[0], 0
        for c in range(1, len(first) + 1):
            if c < len(first) and not first[c]:
                continue
            if c - 1 > run:
                sheet.merge_range(0, run, 0, c - 1, first[run])
            run = c
    book.close()
    return path


def book_of(sheets: Mapping[str, Sequence[Sequence[str]]], made_for: str = "") -> bytes:
    """A workbook of several sheets, the same bytes every time; what is digits is a number, as programs write it."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2026, 1, 1)})
    if made_for:
        book.set_custom_property(PROPERTY, made_for)
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text.isascii() and text.isdecimal() and len(text) < 9:
                    sheet.write_number(r, c, int(text))
                elif text:
                    sheet.write_string(r, c, text[:32767])
    book.close()
    return made.getvalue()


def write_book(path: Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> Path:
    path.write_bytes(book_of(sheets))
    return path


def write_sav(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
    import pandas as pd
    import pyreadstat

    asked = columns(engagement)
    data: dict[str, list[Any]] = {}
    labels: dict[str, dict[Any, str]] = {}
    about: list[str] = []
    missing: dict[str, list[Any]] = {}
    for column in asked:
        name = f"{column.code}_{column.option}" if column.option else column.code
        cells = [cell(column, person, "numbers", ("1", "0")) for person in people]
        text = column.question is not None and column.question.facet.scale.kind == "text"
        data[name] = [c if text else (float(c) if c else None) for c in cells]
        about.append(f"{column.text} [{column.option_label}]" if column.option else column.text)
        if column.fact:
            numbers = id_numbers(column.names)
            labels[name] = {float(numbers[id]): label for id, label in column.names.items()}
        elif column.question and not text and not column.option:
            scale = column.question.facet.scale
            numbers_of = answer_numbers(scale)
            labels[name] = {
                float(numbers_of[c.value]): c.label["en"] for c in (*scale.choices, *scale.ways_out)
            }
            labels[name][99.0] = "No answer"
            missing[name] = [99.0, *([0.0] if "0" in numbers_of.values() else [])]
            data[name] = [99.0 if value is None else value for value in data[name]]
    pyreadstat.write_sav(
        pd.DataFrame(data), str(path), column_labels=about, variable_value_labels=labels,
        missing_ranges=missing,
    )  # fmt: skip
    return path


# ------------------------------------------------------------------------------- the programs

Write = Callable[[Path, Engagement, Sequence[Person]], Path]


def _rows(
    asked: Sequence[Column],
    people: Sequence[Person],
    how: str,
    own: Callable[[int, Person], list[str]],
    **ticks: Any,
) -> list[list[str]]:
    return [
        [*own(n, person), *(cell(column, person, how, **ticks) for column in asked)]
        for n, person in enumerate(people, 1)
    ]


def limesurvey(heads: str, cells: str) -> Write:
    """``heads``: code, text or both; ``cells``: letters or labels."""

    def write(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
        asked = columns(engagement, by_role=True)
        own = [("id", "Response ID"), ("submitdate", "Date submitted"), ("lastpage", "Last page"),
               ("startlanguage", "Start language"), ("seed", "Seed"), ("ipaddr", "IP address")]  # fmt: skip

        def head(column: Column) -> str:
            behind = (
                (f"[{column.option}]", f" [{column.option_label}]") if column.option else ("", "")
            )
            code, text = column.code + behind[0], column.text + behind[1]
            return {"code": code, "text": text, "both": f"{code}. {text}"}[heads]

        ticks = ("Y", "") if cells == "letters" else ("Yes", "No")
        first = [{"code": c, "text": t, "both": f"{c}. {t}"}[heads] for c, t in own]
        rows = _rows(
            asked, people, cells,
            lambda n, p: [str(n), f"2026-11-{n % 28 + 1:02} 09:00:00", "9", p.language, "123", "10.0.0.1"],
            ticks=ticks,
        )  # fmt: skip
        return write_csv(path, [[*first, *map(head, asked)], *rows])

    return write


def limesurvey_r(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
    """The file for R: texts as headings, codes in cells, 1 and 0."""
    asked = columns(engagement)
    first = ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]
    heads = [f"{c.code}_{c.option}" if c.option else c.code for c in asked]
    rows = _rows(
        asked, people, "letters", lambda n, p: [str(n), "2026-11-02 09:00:00", "9", "en", "1"],
        ticks=("1", "0"),
    )  # fmt: skip
    return write_csv(path, [[*first, *heads], *rows])


def limesurvey_vv(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
    """Two rows of headings, tabs, no quotes: signs that would break a row stand as words in braces."""
    asked = columns(engagement, by_role=True)
    own = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    texts = ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]
    codes = [c.code + (f"_{c.option}" if c.option else "") for c in asked]
    rows = _rows(
        asked, people, "letters", lambda n, p: [str(n), "2026-11-02 09:00:00", "9", "en", "1"],
        ticks=("Y", ""),
    )  # fmt: skip

    rows = [[text or "{question_not_shown}" for text in row] for row in rows]
    heads = [[*texts, *(c.text for c in asked)], [*own, *codes]]
    return write_vv(path, [*heads, *rows])


def write_vv(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Tabs, and no quotes."""

    def written(text: str) -> str:
        """As ``vvexport`` writes a value: braces first, a quote at the beginning alone."""
        if text == "{question_not_shown}":
            return text
        for sign, word in (("{", "{lbrace}"), ("\n", "{newline}"), ("\r", "{cr}"), ("\t", "{tab}")):
            text = text.replace(sign, word)
        return "{quote}" + text[1:] if text.startswith('"') else text

    lines = "\n".join("\t".join(map(written, row)) for row in rows)
    path.write_text(lines + "\n", encoding="utf-8-sig", newline="")
    return path


_QUALTRICS = ("StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)",
              "Finished", "RecordedDate", "ResponseId", "DistributionChannel", "UserLanguage")  # fmt: skip
_QUALTRICS_SAID = ("Start Date", "End Date", "Response Type", "IP Address", "Progress",
                   "Duration (in seconds)", "Finished", "Recorded Date", "Response ID",
                   "Distribution Channel", "User Language")  # fmt: skip


def qualtrics(cells: str, lines: int, split: bool) -> Write:
    """``lines``: rows of headings, three or two; ``split``: a column for each option."""

    def write(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
        asked = columns(engagement, by_role=True, split=split)
        numbers = {
            c.question.key: answer_numbers(c.question.facet.scale) for c in asked if c.question
        }
        tags = [
            f"{c.code}_{numbers[c.question.key][c.option]}" if c.option and c.question else c.code
            for c in asked
        ]
        texts = [
            f"{c.text} - Selected Choice - {c.option_label}" if c.option else c.text for c in asked
        ]
        ids = [f'{{"ImportId":"QID{n}"}}' for n in range(len(_QUALTRICS) + len(asked))]
        heads = [[*_QUALTRICS, *tags], [*_QUALTRICS_SAID, *texts], ids][:lines]

        def own(n: int, person: Person) -> list[str]:
            said = ("0", "1") if cells == "numbers" else ("IP Address", "True")
            return ["2026-11-02 09:00:00", "2026-11-02 09:09:00", said[0], "10.0.0.1", "100", "540",
                    said[1], "2026-11-02 09:09:01", f"R_{n:015}", "anonymous", person.language.upper()]  # fmt: skip

        ticks = ("1" if cells == "numbers" else "{label}", "")
        rows = _rows(asked, people, cells, own, ticks=ticks, parted=",")
        book = path.suffix == ".xlsx"
        return write_xlsx(path, [*heads, *rows]) if book else write_csv(path, [*heads, *rows])

    return write


_XACT = ("respondentid", "organization", "created", "modified", "closetime", "starttime", "difftime",
         "email", "digitaldistributionstatus", "statoverall_1", "statoverall_2", "statoverall_3",
         "statoverall_4", "statoverall_5")  # fmt: skip


def surveyxact(cells: str, heads: str) -> Write:
    """``heads``: code, or code and text in two rows."""

    def write(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
        asked = columns(engagement, by_role=True)
        codes = [
            f"{c.code}_{answer_numbers(c.question.facet.scale)[c.option]}" if c.option and c.question else c.code
            for c in asked
        ]  # fmt: skip
        texts = [f"{c.text} - {c.option_label}" if c.option else c.text for c in asked]
        ticks = ("1", "0") if cells == "numbers" else ("Valgt", "Ikke valgt")
        yes, no = ticks
        rows = _rows(
            asked, people, cells,
            lambda n, p: [str(n), "7", "1.1.2026", "1.1.2026", "1.1.2026", "1.1.2026", "61", "", "-",
                          no, no, no, yes, no],
            ticks=ticks,
        )  # fmt: skip
        first = [*_XACT, *(codes if heads == "code" else texts)]
        return write_csv(path, [first, *rows], delimiter="\t", encoding="utf-16")

    return write


def surveyxact_book(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
    """All five sheets of its Excel file, the key first; variables and codes as the program counts them itself."""
    asked = columns(engagement, by_role=True)
    names, labels, codes = [], [], []
    for n, c in enumerate(asked, 1):
        scale = c.question.facet.scale if c.question else None
        listed = c.names.values() if c.fact else ()
        if scale and scale.kind != "text":
            listed = [o.label["en"] for o in (*scale.choices, *scale.ways_out)]
        names.append(f"s_{n}")
        codes.append(
            {"0": "0", "1": "1"} if c.option else {t: str(i) for i, t in enumerate(listed, 1)}
        )
        said = {"Ikke valgt": "0", "Valgt": "1"} if c.option else codes[-1]
        labels += [[names[-1], code, label] for label, code in said.items()]
    texts = [f"{c.text} - {c.option_label}" if c.option else c.text for c in asked]
    states = ("Ny", "Distribueret", "Nogen svar", "Gennemført", "Frafaldet")
    own = [f"stato_{n}" for n in range(1, 6)], [f"Samlet status - {one}" for one in states]
    done = ["0", "0", "0", "1", "0"]
    words = _rows(asked, people, "labels", lambda n, p: [], ticks=("1", "0"))
    coded = [[said.get(t, t) for said, t in zip(codes, row, strict=True)] for row in words]
    sheets = {
        "Labels": labels,
        "Variables": [["variableName", "variableDescription"], *map(list, zip([*names, *own[0]], [*texts, *own[1]], strict=True))],
        "Dataset": [[*names, *own[0]], *([*row, *done] for row in coded)],
        "Complete": [[*texts, *own[1]], *([*row, *done] for row in words)],
        "Structure": [["questionName", "variableName", "questionType", "subType", "questionText", "choiceValue", "choiceText"]],
    }  # fmt: skip
    return write_book(path, sheets)


def msforms(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
    asked = columns(engagement, by_role=True, split=False)
    first = ["ID", "Start time", "Completion time", "Email", "Name"]
    heads = [
        f"{c.text}\xa0" if n % 3 == 0 else c.text.replace(" ", "\xa0", 1)
        for n, c in enumerate(asked)
    ]
    rows = _rows(
        asked, people, "labels",
        lambda n, p: [str(n), "11/2/26 9:00:00", "11/2/26 9:09:00", "anonymous", ""], parted=";",
    )  # fmt: skip
    lists = {
        len(first) + i
        for i, c in enumerate(asked)
        if c.question and c.question.facet.scale.kind == "pick"
    }
    rows = [[f"{t};" if t and i in lists else t for i, t in enumerate(row)] for row in rows]
    # Two questions with the same words get a number behind them.
    seen: dict[str, int] = {}
    for i, head in enumerate(heads):
        seen[head] = seen.get(head, 0) + 1
        heads[i] = head if seen[head] == 1 else f"{head}{seen[head]}"
    return write_xlsx(path, [[*first, *heads], *rows])


def googleforms(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
    asked = columns(engagement, by_role=True, split=False)
    heads = [
        f"Statements [{c.text}]"
        if c.question and c.question.facet.scale.kind == "rating"
        else c.text
        for c in asked
    ]
    rows = _rows(asked, people, "labels", lambda n, p: ["2026/11/02 9:00:00 AM GMT+1"], parted=", ")
    return write_csv(path, [["Timestamp", *heads], *rows], encoding="utf-8")


def surveymonkey(cells: str) -> Write:
    def write(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
        asked = columns(engagement, by_role=True)
        own = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address",
               "First Name", "Last Name", "Custom Data 1"]  # fmt: skip
        first, second, over = [*own], [""] * len(own), ""
        for c in asked:
            if c.option:
                first.append(c.text if c.text != over else "")
                second.append(c.option_label)
            else:
                first.append(c.text)
                text = c.question is not None and c.question.facet.scale.kind == "text"
                second.append("Open-Ended Response" if text else "Response")
            over = c.text
        ticks = ("{label}", "") if cells == "labels" else ("1", "")
        rows = _rows(
            asked, people, cells,
            lambda n, p: [f"1181234{n:04}", "42", "11/02/2026 09:00:00 AM", "11/02/2026 09:09:00 AM",
                          "10.0.0.1", "", "", "", ""],
            ticks=ticks,
        )  # fmt: skip
        table = [first, second, *rows]
        return (
            write_xlsx(path, table, merged=True)
            if path.suffix == ".xlsx"
            else write_csv(path, table)
        )

    return write


def kobo(sign: str, cells: str, separator: str) -> Write:
    """``sign`` between group and name: ``/`` for KoBo, ``-`` for ODK Central."""

    def write(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
        split, whole = columns(engagement), columns(engagement, split=False)
        asked: list[Column] = []
        for column in whole:
            asked.append(column)
            if column.question and column.question.facet.scale.kind == "pick":
                asked += [c for c in split if c.option and c.question == column.question]

        def head(c: Column) -> str:
            group = "about" if c.fact else (c.question.section.id if c.question else "")
            name = f"{c.code}/{c.option}" if c.option else c.code
            return f"{group}{sign}{name}"

        if sign == "/":
            before, after = ["start", "end"], ["_id", "_uuid", "_submission_time", "_validation_status",
                             "_notes", "_status", "_submitted_by", "__version__", "_tags", "_index"]  # fmt: skip
        else:
            before, after = ["SubmissionDate", "starttime"], ["meta-instanceID", "KEY", "SubmitterID",
                             "SubmitterName", "AttachmentsPresent", "ReviewState", "DeviceID"]  # fmt: skip
        rows = _rows(
            asked,
            people,
            cells,
            lambda n, p: ["2026-11-02T09:00:00", "x"],
            ticks=("1", "0"),
            parted=" ",
        )
        rows = [[*row, *(f"{i}" if name in ("_id", "KEY", "_index", "_uuid") else "" for name in after)]
                for i, row in enumerate(rows, 1)]  # fmt: skip
        return write_csv(path, [[*before, *map(head, asked), *after], *rows], delimiter=separator)

    return write


def redcap(cells: str) -> Write:
    def write(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
        asked = columns(engagement)
        raw = cells != "labels"
        if raw:
            first = ["record_id", "redcap_survey_identifier", "survey_timestamp"]
            heads = [f"{c.code}___{c.option}" if c.option else c.code for c in asked]
            last = "survey_complete"
        else:
            first = ["Record ID", "Survey Identifier", "Survey Timestamp"]
            heads = [f"{c.text} (choice={c.option_label})" if c.option else c.text for c in asked]
            last = "Complete?"
        ticks = ("1", "0") if raw else ("Checked", "Unchecked")
        rows = _rows(
            asked, people, "letters" if raw else "labels",
            lambda n, p: [str(n), "", "2026-11-02 09:09:00"], ticks=ticks,
        )  # fmt: skip
        rows = [[*row, "2" if raw else "Complete"] for row in rows]
        return write_csv(path, [[*first, *heads, last], *rows], encoding="utf-8")

    return write


def enalyzer(cells: str) -> Write:
    def write(path: Path, engagement: Engagement, people: Sequence[Person]) -> Path:
        asked = columns(engagement, by_role=True)
        heads = [f"{c.text} - {c.option_label}" if c.option else c.text for c in asked]
        rows = _rows(
            asked, people, cells, lambda n, p: [str(n), "Completed", "02-11-2026 09:09", "", ""],
            ticks=("1", "0"),
        )  # fmt: skip
        first = ["Respondent ID", "Respondent status", "Date completed", "Email", "Name"]
        return write_xlsx(path, [[*first, *heads], *rows])

    return write


#: Program and form of its export to how the file is called and who writes it.
EXPORTS: Mapping[tuple[str, str], tuple[str, Write]] = {
    ("LimeSurvey", "CSV, codes"): ("results.csv", limesurvey("code", "letters")),
    ("LimeSurvey", "CSV, question texts and full answers"): ("r.csv", limesurvey("text", "labels")),
    ("LimeSurvey", "CSV, code and text"): ("results.csv", limesurvey("both", "labels")),
    ("LimeSurvey", "data for R"): ("survey_1_R_data_file.csv", limesurvey_r),
    ("LimeSurvey", "VV (tabs)"): ("vvexport_1.txt", limesurvey_vv),
    ("Qualtrics", "CSV, three rows of headings, numbers"): ("q.csv", qualtrics("numbers", 3, True)),
    ("Qualtrics", "CSV, three rows, choice text, lists in one cell"): ("q.csv", qualtrics("labels", 3, False)),
    ("Qualtrics", "CSV, two rows of headings"): ("q.csv", qualtrics("labels", 2, True)),
    ("Qualtrics", "Excel"): ("q.xlsx", qualtrics("numbers", 2, False)),
    ("SurveyXact", "codes, UTF-16"): ("dataset.csv", surveyxact("numbers", "code")),
    ("SurveyXact", "labels and variable names"): ("dataset.csv", surveyxact("labels", "code")),
    ("SurveyXact", "labels and question texts"): ("dataset.txt", surveyxact("labels", "text")),
    ("SurveyXact", "Excel, all sheets"): ("dataset.xlsx", surveyxact_book),
    ("Microsoft Forms", "Excel"): ("Survey.xlsx", msforms),
    ("Google Forms", "sheet as CSV"): ("Form Responses 1.csv", googleforms),
    ("SurveyMonkey", "CSV, answer text"): ("sm.csv", surveymonkey("labels")),
    ("SurveyMonkey", "CSV, numbers"): ("sm.csv", surveymonkey("numbers")),
    ("SurveyMonkey", "Excel, merged headings"): ("sm.xlsx", surveymonkey("labels")),
    ("KoBoToolbox", "CSV, XML values, groups"): ("kobo.csv", kobo("/", "letters", ";")),
    ("KoBoToolbox", "CSV, labels in cells"): ("kobo.csv", kobo("/", "labels", ";")),
    ("KoBoToolbox", "ODK Central CSV"): ("form.csv", kobo("-", "letters", ",")),
    ("REDCap", "raw"): ("DATA.csv", redcap("letters")),
    ("REDCap", "labels"): ("DATA_LABELS.csv", redcap("labels")),
    ("Enalyzer", "Excel, text"): ("e.xlsx", enalyzer("labels")),
    ("Enalyzer", "Excel, values"): ("e.xlsx", enalyzer("numbers")),
    ("SPSS", ".sav, value labels and missing values"): ("survey.sav", lambda p, e, x: write_sav(p, e, x)),
}  # fmt: skip


def marked(rows: list[list[str]], id: str) -> list[list[str]]:
    """Rows with the hidden field that says whose they are."""
    return [[*row, MARK if n == 0 else id] for n, row in enumerate(rows)]


def keys_of(engagement: Engagement) -> Sequence[str]:
    return tuple(answer_columns(engagement.instrument))
