"""One canonical text, whoever wrote the file: what a reader cannot see makes no difference, and is said.

Every kind of file is written as it is, and once more with its headings, or what stands below them,
spelled as programs and people spell them; the same people have to come back with the same answers.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from hrkit.answers import responses
from hrkit.answers.files.read import read_table
from hrkit.answers.readers.mapped import read_mapped
from hrkit.answers.readers.returned import read_returned
from hrkit.answers.readers.surveys.found import survey_of
from hrkit.answers.readers.template import read_answers
from hrkit.answers.store import Added, open_store
from hrkit.errors import AnswersError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement

from . import simulated
from .sample import ENGAGEMENT
from .simulated import EXPORTS, Person
from .test_kinds import KIND, NAMES

Rows = Sequence[Sequence[str]]
Spell = Callable[[str], str]

PEOPLE = (
    Person("leader", "north", {"trust.01": "4", "trust.02": "2", "trust.03": "dk", "pay.who": "joins",
                               "pay.slip:used": "2", "open.good": "Åbne møder"}),
    Person("hr", "all", {"trust.01": "1", "trust.02": "5", "pay.slip:importance": "3"}),
    Person("board", "north", {"trust.02": "3", "trust.03": "4", "pay.who": "decides"}),
)  # fmt: skip


def _inside(sign: str) -> Spell:
    return lambda text: f"{text[0]}{sign}{text[1:]}" if len(text) > 1 else f"{text}{sign}"


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _number(spelled: str) -> Spell:
    """Whole numbers alone are spelled so."""
    return lambda text: spelled.format(text) if re.fullmatch(r"[1-9]\d{0,4}", text) else text


#: How a text may differ, to how it is spelled then and what a note says of it ("" where nothing has to
#: be said: capitals and the like are how people type).
SPELLED: Mapping[str, tuple[Spell, str]] = {
    "capitals": (str.upper, ""),
    "small letters": (str.lower, ""),
    "a no-break space behind": ("{}\u00a0".format, ""),
    "no-break spaces": (lambda text: text.replace(" ", "\u00a0"), "no-break spaces"),
    "narrow no-break spaces": (lambda text: text.replace(" ", "\u202f"), "no-break spaces"),
    "two spaces": (lambda text: f" {text.replace(' ', '  ')} ", ""),
    "zero-width": (_inside("\u200b"), "zero-width characters"),
    "byte order mark": (_inside("\ufeff"), "byte order marks"),
    "soft hyphen": (_inside("\xad"), "soft hyphens"),
    "letters in two pieces": (lambda text: unicodedata.normalize("NFD", text), "letters in two pieces"),
    "line breaks": (lambda text: text.replace(" ", "\r\n", 1), "line breaks"),
    "Excel's line breaks": (lambda text: text.replace(" ", "_x000D_\n", 1), "_x000D_"),
    "full-width": (_wide, "full-width characters"),
    "direction marks": (lambda text: f"\u202d{text}\u202c\u200f", "direction marks"),
    "a mark of text": ("'{}".format, "marks that say"),
    "a formula of text": ('="{}"'.format, "marks that say"),
    "typographic quotes": (lambda text: text.replace("'", "’").replace("-", "–"), ""),
    "decimals": (_number("{}.0"), "other zeros"),
    "decimals with a comma": (_number("{},00"), "other zeros"),
    "leading zeros": (_number("0{}"), "other zeros"),
}  # fmt: skip


def plain(engagement: Engagement, people: Sequence[Person] = PEOPLE, codes: bool = True) -> list[list[str]]:  # fmt: skip
    """The kit's own table: keys or words as headings, answers in words and numbers."""
    keys = list(engagement.instrument.keys)
    heads = ["Code", "Round", "Unit", "Perspective", *keys]
    heads[heads.index("trust.02")] = "Vi holder ord."
    heads[heads.index("trust.03")] = "trust.03 · Ord siver; altid."
    rows = [heads]
    for n, person in enumerate(people):
        given = [person.given.get(key, "") for key in keys]
        given = [{"dk": "Ved ikke, ikke relevant", "5": "Helt enig"}.get(one, one) for one in given]
        unit = "Nord" if person.unit == "north" else person.unit
        role = engagement.instrument.people.one(person.perspective).name("role", "da")
        rows.append([f"Ålborg {n} x" if codes else "", "Forår", unit, str(role), *given])
    return rows


# ------------------------------------------------------------------------------- every kind of file


def ods(path: Path, rows: Rows) -> Path:
    def cell(text: str) -> str:
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in re.split(r"\r?\n", text))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f"<?xml version='1.0'?><office:document-content {NAMES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Svar">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", KIND)
        packed.writestr("content.xml", content)
    return path


def zipped(path: Path, rows: Rows) -> Path:
    inner = simulated.write_csv(path.with_suffix(".csv"), rows)
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(inner, inner.name)
    return path


Write = Callable[[Path, Rows], Path]
FILES: Mapping[str, tuple[str, Write]] = {
    "csv": ("a.csv", simulated.write_csv),
    "csv with semicolons": ("a.csv", lambda p, r: simulated.write_csv(p, r, ";")),
    "tsv": ("a.tsv", lambda p, r: simulated.write_csv(p, r, "\t")),
    "txt in UTF-16": ("a.txt", lambda p, r: simulated.write_csv(p, r, "\t", "utf-16")),
    "xlsx": ("a.xlsx", simulated.write_xlsx),
    "xlsm": ("a.xlsm", simulated.write_xlsx),
    "ods": ("a.ods", ods),
    "zip": ("a.zip", zipped),
}


def said(reading: responses.Reading) -> list[object]:
    given, people = reading.responses.given, reading.responses.people
    facts = (people[name] for name in ("respondent", "wave", "unit", "perspective"))
    return [(*where, given.get(who, {})) for who, *where in zip(*facts, strict=True)]


def of_below(rows: Rows, spell: Spell, free: Sequence[int] = ()) -> list[list[str]]:
    """Rows whose cells are spelled otherwise; words of one's own stay, for they are kept as they are."""
    return [list(rows[0])] + [
        [cell if n in free or not cell else spell(cell) for n, cell in enumerate(row)]
        for row in rows[1:]
    ]


def of_heads(rows: Rows, spell: Spell) -> list[list[str]]:
    return [[spell(cell) if cell else cell for cell in rows[0]], *map(list, rows[1:])]


@pytest.fixture(scope="module")
def one_wave(tmp_path_factory: pytest.TempPathFactory) -> Engagement:
    """An engagement with one wave and units whose names tell them apart."""
    place = tmp_path_factory.mktemp("acme")
    text = ENGAGEMENT.replace('south2, name: "Syd"', 'south2, name: "Syd-Øst"')
    text = "".join(line for line in text.splitlines(True) if "w2" not in line)
    (place / "engagement.yml").write_text(text, encoding="utf-8")
    (place / "small.yml").write_bytes((Path(__file__).parent / "small.yml").read_bytes())
    return engagements.load(place)


def compare(
    usual: responses.Reading,
    path: Path,
    engagement: Engagement,
    note: str,
    read: Callable[[Path, Engagement], responses.Reading] = read_answers,
) -> str:
    """What differs where a file is spelled otherwise; empty if nothing does, and it was said."""
    try:
        reading = read(path, engagement)
    except AnswersError as error:
        return f"refused: {str(error)[:300]}"
    if said(reading) != said(usual):
        return "says something else"
    if note and not any(note in one for one in reading.notes):
        return f"was not said: {reading.notes}"
    return ""


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_the_kits(one_wave, tmp_path, kind):
    """Headings, then cells: waves, units, perspectives, codes, numbers and labels."""
    name, write = FILES[kind]
    rows = plain(one_wave)
    free = [rows[0].index("open.good")]
    usual = read_answers(write(tmp_path / name, rows), one_wave)
    wrong = {}
    for how, (spell, note) in SPELLED.items():
        for where, other in (
            ("headings", of_heads(rows, spell)),
            ("cells", of_below(rows, spell, free)),
        ):
            path = write(tmp_path / name, other)
            wrong[how, where] = compare(usual, path, one_wave, note if other != rows else "")
    assert not (all := [f"{case}: {what}" for case, what in wrong.items() if what]), "\n".join(all)


#: Its words stand on sheets of their own, beside the codes.
KEYED = ("SurveyXact", "Excel, all sheets")


@pytest.mark.parametrize(
    "form", [form for form in EXPORTS if form[0] != "SPSS" and form != KEYED], ids=" ".join
)
def test_a_file_of_a_survey_program(one_wave, tmp_path, monkeypatch, form):
    name, write = EXPORTS[form]
    written: list[list[list[str]]] = []
    spell: Spell = str
    where = ""

    def respelled(rows: Rows) -> list[list[str]]:
        if where == "cells":
            free = [n for n in range(len(rows[-1])) if any("Åbne" in row[n] for row in rows[deep:])]
            found = [*map(list, rows[:deep]), *of_below(rows[deep - 1 :], spell, free)[1:]]
        elif where:
            # A row of import ids is no text of anybody's.
            heads = [
                [c if c.startswith("{") else spell(c) if c else c for c in r] for r in rows[:deep]
            ]
            found = [*heads, *map(list, rows[deep:])]
        else:
            found = [*map(list, rows)]
        written.append(found)
        return found

    for name_of in ("write_csv", "write_xlsx", "write_vv"):
        writes = getattr(simulated, name_of)
        monkeypatch.setattr(
            simulated, name_of, lambda p, r, *a, _w=writes, **k: _w(p, respelled(r), *a, **k)
        )
    usual = read_answers(write(tmp_path / name, one_wave, PEOPLE), one_wave)
    lines = re.search(r"with (\d) rows of headings", usual.notes[0])
    deep, wrong = int(lines[1]) if lines else 1, {}
    survey = survey_of(read_table(tmp_path / name), one_wave)
    assert survey is not None

    def read_of(rows: Rows) -> list[list[str]]:
        return [[text for n, text in enumerate(row) if n in survey.named] for row in rows]

    for how, (spell, note) in SPELLED.items():  # noqa: B007 - what writes looks it up
        for where in ("headings", "cells"):
            if form[1].startswith("VV") and (how, where) == ("line breaks", "headings"):
                continue  # it writes texts of questions on one line
            path = write(tmp_path / name, one_wave, PEOPLE)
            told = note if read_of(written[-1]) != read_of(written[0]) else ""
            wrong[how, where] = compare(usual, path, one_wave, told)
    assert not (all := [f"{case}: {what}" for case, what in wrong.items() if what]), "\n".join(all)


def test_the_key_beside_the_codes(one_wave, tmp_path, monkeypatch):
    name, write = EXPORTS[KEYED]
    usual = read_answers(write(tmp_path / name, one_wave, PEOPLE), one_wave)
    writes, wrong = simulated.write_book, {}
    for how, (spell, _) in SPELLED.items():
        for sheet, column in (("Variables", 1), ("Labels", 2)):

            def respelled(path, sheets, sheet=sheet, column=column, spell=spell):
                other = [
                    [spell(text) if c == column else text for c, text in enumerate(row)]
                    for row in sheets[sheet]
                ]
                return writes(path, {**sheets, sheet: other})

            monkeypatch.setattr(simulated, "write_book", respelled)
            wrong[how, sheet] = compare(
                usual, write(tmp_path / name, one_wave, PEOPLE), one_wave, ""
            )
    assert not (all := [f"{case}: {what}" for case, what in wrong.items() if what]), "\n".join(all)


def test_a_file_of_spss(one_wave, tmp_path, monkeypatch):
    pyreadstat = pytest.importorskip("pyreadstat")
    usual = read_answers(simulated.write_sav(tmp_path / "a.sav", one_wave, PEOPLE), one_wave)
    written = pyreadstat.write_sav
    spell: Spell = str
    changed: list[bool] = []

    def respelled(frame, path, column_labels, variable_value_labels, **more):
        texts = {
            *column_labels,
            *(t for one in variable_value_labels.values() for t in one.values()),
        }
        changed.append(texts != set(map(spell, texts)))
        labels = {
            k: {v: spell(t) for v, t in one.items()} for k, one in variable_value_labels.items()
        }
        heads = [spell(label) for label in column_labels]
        written(frame, path, column_labels=heads, variable_value_labels=labels, **more)

    monkeypatch.setattr(pyreadstat, "write_sav", respelled)
    wrong = {}
    for how, (spell, note) in SPELLED.items():  # noqa: B007 - what writes looks it up
        path = simulated.write_sav(tmp_path / "b.sav", one_wave, PEOPLE)
        wrong[how] = compare(usual, path, one_wave, note if changed[-1] else "")
    assert not (all := [f"{case}: {what}" for case, what in wrong.items() if what]), "\n".join(all)


MAPPING = """\
instrument: small
wave: {column: "Runde nr", values: {"1": w1}}
unit: {column: "Dit område", values: {"Område A": north, "Område B": all}}
perspective: {column: "Din rolle", values: {"Leder her": leader, "HR her": hr, "I bestyrelsen": board}}
respondent: "Nr i listen"
answers:
  "Vi holder, hvad vi lover": "trust.02"
  "Hvem bestemmer løn": "pay.who"
  "Ord siver her": "trust.03"
  "Hvad er godt": "open.good"
values:
  "*": {"Meget enig": "5", "1": "2"}
  pay.who: {"Vi er med": "joins"}
dont_know: ["Kan ikke sige", "99"]
blank: ["Ikke svaret"]
"""
MAPPED = [
    ["Nr i listen", "Runde nr", "Dit område", "Din rolle", "Vi holder, hvad vi lover",
     "Hvem bestemmer løn", "Ord siver her", "Hvad er godt"],
    ["A 1", "1", "Område A", "Leder her", "Meget enig", "Vi er med", "Kan ikke sige", "Åbne møder"],
    ["A 2", "1", "Område B", "HR her", "1", "Ikke svaret", "99", "Ikke svaret"],
    ["A 3", "1", "Område A", "I bestyrelsen", "1", "Vi er med", "Meget enig", ""],
]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_file_that_is_read_by_a_mapping(one_wave, tmp_path, kind):
    """The mapping says texts as somebody copied them from a screen; the file has them as they are."""
    name, write = FILES[kind]
    (tmp_path / "map.yml").write_text(MAPPING, "utf-8")

    def read(path: Path, engagement: Engagement) -> responses.Reading:
        return read_mapped(path, tmp_path / "map.yml", engagement)

    usual = read(write(tmp_path / name, MAPPED), one_wave)
    assert len(usual.responses.answers) == 9
    wrong = {}
    for how, (spell, note) in SPELLED.items():
        for where, other in (
            ("headings", of_heads(MAPPED, spell)),
            ("cells", of_below(MAPPED, spell, (7,))),
        ):
            path = write(tmp_path / name, other)
            wrong[how, where] = compare(
                usual, path, one_wave, note if other != MAPPED else "", read
            )
            if where == "cells":  # what stands for a blank is no words of anybody's
                blank = [
                    row[:7] + ([spell(row[7])] if "Ikke" in row[7] else row[7:]) for row in MAPPED
                ]
                wrong[how, "blank"] = compare(
                    usual, write(tmp_path / name, blank), one_wave, "", read
                )
    assert not (all := [f"{case}: {what}" for case, what in wrong.items() if what]), "\n".join(all)


def test_a_file_of_a_form_that_was_handed_out(one_wave, tmp_path):
    """Its ids are the kit's own; who the client is, and words of one's own, are texts."""
    data = {
        "hrkit": "answers", "format": 1, "engagement": "acme", "client": one_wave.client, "instrument": "small",
        "version": "1.0.0", "wave": "w1", "perspective": "hr", "unit": "north", "language": "da",
        "code": "K7MQ-4XRT-9B", "tier": None, "pair": None, "answers": {"trust.02": "4", "open.good": "Åbent"},
    }  # fmt: skip
    path = tmp_path / "a.hrkit.json"
    path.write_text(json.dumps(data), "utf-8")
    usual = read_returned(path, one_wave)
    for how, (spell, _) in SPELLED.items():
        path.write_text(json.dumps(data | {"client": spell(one_wave.client)}), "utf-8")
        assert said(read_returned(path, one_wave)) == said(usual), how
    for words in ("A\u030abent", "\u200bÅbent\u202e ", "Åbent_x000D_\n"):
        path.write_text(
            json.dumps(data | {"answers": {"trust.02": "4", "open.good": words}}), "utf-8"
        )
        assert said(read_returned(path, one_wave)) == said(usual), words


# -------------------------------------------------------------------------------- whose rows they are

CODES = {"0012": "12", "Kim@x.example": "KIM@X.EXAMPLE", "K7MQ-4XRT-9B": "k7mq 4xrt\u00a09b",
         "Åse 1": unicodedata.normalize("NFD", "åse  1"), "A-17": "a–17", "P1": "'p1"}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_codes_in_a_file_of_any_kind(one_wave, tmp_path, kind):
    """Found in another spelling, refused twice in one file, and where a spreadsheet has rounded them."""
    name, write = FILES[kind]
    heads, *rows = plain(one_wave)

    def read(codes: Sequence[str]) -> responses.Reading:
        rows_of = [[code, *rows[n % len(rows)][1:]] for n, code in enumerate(codes)]
        return read_answers(write(tmp_path / name, [heads, *rows_of]), one_wave)

    (one_wave.folder / "answers.sqlite").unlink(missing_ok=True)
    with open_store(one_wave) as store:
        assert store.add(read(list(CODES))) == Added(len(CODES), 0, 0)
        assert store.add(read(list(CODES.values()))) == Added(0, len(CODES), 0)
    for first, second in CODES.items():
        with pytest.raises(AnswersError, match="stands in row 2 already"):
            read([first, second])
    for code in ("1,23E+15", "1.2346E+09"):
        with pytest.raises(AnswersError, match="a spreadsheet has rounded"):
            read([code])
