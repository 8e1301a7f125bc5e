"""Files that nobody would write: every one is taken whole, or refused with a list, and then nothing has changed.

Each kind of file is written soundly first and then damaged: bytes, cells, lines, parts of what is packed.
It goes through the command line, as a user's does.  ``HRKIT_FUZZ=2000`` tries as many of each kind.
"""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrkit.answers.files.read import KINDS
from hrkit.answers.store import open_store
from hrkit.cli import main
from hrkit.model import engagement_file as engagements
from hrkit.text import normal

from .sample import ENGAGEMENT, dump
from .simulated import EXPORTS, Person, book_of

TRIES = int(os.environ.get("HRKIT_FUZZ", "12"))
fuzzed = settings(
    max_examples=TRIES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=TRIES < 100,
)

HEADS = ["code", "wave", "unit", "perspective", "trust.01", "trust.02", "trust.03", "open.good"]
ROWS = [
    ["a1", "w1", "north", "leader", "4", "Enig", "dk", "Words, “quoted”\nover two lines"],
    ["a2", "w1", "south", "hr", "2", "5", "3", ""],
    ["", "w1", "Nord", "top", "", "Helt uenig", "1", "=1+1"],
    ["b1", "w2", "north", "leader", "1", "2", "3", "æøå"],
]
MAPPING = """\
instrument: small
respondent: code
wave: {column: wave}
unit: {column: unit, values: {"north": "north", "south": "south", "Nord": "north"}}
perspective: {column: perspective}
answers: {trust.01: trust.01, trust.02: {question: trust.02}, trust.03: trust.03, open.good: open.good}
values: {"trust.02": {"Enig": "4", "5": "5", "Helt uenig": "1", "2": "2"}}
blank: ["-"]
"""

# --------------------------------------------------------------------------------- what is damaged

SIGNS = [
    *("", " ", "\x00", "\x1b[31m", "\u202e", "\ufeff", "\u200b", "\xa0", "\n", "\r", '"', "'", ";", ","),
    *("\t", "|", "=1+1", "=cmd|' /C calc'!A0", "-9", "NA", "#N/A", "#REF!", "1e400", "4,0", "04", "٤", "４"),
    *("1,23E+15", "nan", "inf", "dk", "nr", "Enig", "Agree", "9" * 400, "x" * 40000, "𝟜", "e\u0301", "²"),
    *("{question_not_shown}", "trust.01", "trust.02", "code", "wave", "w1", "north", "leader", "hrkit:acme"),
    *("hrkit:other", "hrkit:acme/leader", "yes", "true", "sep=;", "<x>", "&amp;", "*", "~", "!!python/object:x"),
    *("&a [*a]", "? {", "- x", "null", "1.0", "{}", "[]"),
]  # fmt: skip
BYTES = [
    b"",
    b"\xff",
    b"\xfe\xff",
    b"\x00",
    b'"',
    b"\r",
    b"\n",
    b";",
    b"\t",
    b"\x80",
    b"7",
    b"<",
    b"/>",
    b"0x",
]
A_SIGN = st.one_of(st.sampled_from(SIGNS), st.text(max_size=6), st.integers(-3, 9).map(str))


def in_bytes(draw: Any, raw: bytes) -> bytes:
    """Something put in the place of something else, some times."""
    data = bytearray(raw)
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, max(0, len(data) - 1)))
        long = draw(st.sampled_from([0, 1, 1, 4, 40, 4000]))
        other = draw(st.integers(0, max(0, len(data) - 1)))
        new = draw(
            st.one_of(
                st.sampled_from(BYTES),
                st.binary(max_size=4),
                A_SIGN.map(lambda text: text.encode("utf-8", "replace")),
                st.just(bytes(data[other : other + 60])),
            )
        )
        data[place : place + long] = new
    return bytes(data)


def in_cells(draw: Any, rows: list[list[str]]) -> list[list[str]]:
    """Cells, rows and columns written over, moved, doubled, left out."""
    table = [list(row) for row in rows]
    for _ in range(draw(st.integers(1, 5))):
        what = draw(
            st.sampled_from(["cell", "cell", "cell", "row", "column", "swap", "cut", "longer"])
        )
        r = draw(st.integers(0, len(table) - 1))
        c = draw(st.integers(0, max(0, len(table[r]) - 1)))
        if what == "cell" and table[r]:
            table[r][c] = draw(A_SIGN)
        elif what == "row":
            table.insert(draw(st.integers(0, len(table))), list(table[r]))
        elif what == "column":
            for row in table:
                row.append(row[c] if c < len(row) else "")
        elif what == "swap":
            other = draw(st.integers(0, len(table) - 1))
            table[r], table[other] = table[other], table[r]
        elif what == "cut":
            table[r] = table[r][:c]
        else:
            table[r].append(draw(A_SIGN))
    return table


def as_csv(rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding, "replace")


def in_parts(draw: Any, raw: bytes) -> bytes:
    """A packed file with one of its parts damaged, left out, doubled or called otherwise; or its bytes."""
    if draw(st.integers(0, 4)) == 0:
        return in_bytes(draw, raw)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w") as new:
        names = old.namelist()
        hit = draw(st.sampled_from(names))
        what = draw(
            st.sampled_from(["damaged", "damaged", "damaged", "damaged", "gone", "named", "packed"])
        )
        for name in names:
            data = old.read(name)
            if name == hit and what == "gone":
                continue
            if name == hit and what == "damaged":
                data = in_bytes(draw, data)
            how = zipfile.ZIP_DEFLATED if what == "packed" else zipfile.ZIP_STORED
            new.writestr(f"{name}x" if name == hit and what == "named" else name, data, how)
    return made.getvalue()


def as_ods(rows: list[list[str]]) -> bytes:
    """A sheet as LibreOffice writes it, as far as anybody reads it."""
    from xml.sax.saxutils import escape

    def a_cell(text: str) -> str:
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    body = "".join(
        f"<table:table-row>{''.join(map(a_cell, row))}</table:table-row>" for row in rows
    )
    names = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "table", "text", "style")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f'<office:spreadsheet><table:table table:name="Svar">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", kind)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return made.getvalue()


def as_xlsx(rows: list[list[str]]) -> bytes:
    return book_of({"Svar": rows})


# ----------------------------------------------------------------------------- where it is taken to


def with_answers(place: Path, settings: str) -> Path:
    """An engagement with answers in its store."""
    place.mkdir()
    (place / "engagement.yml").write_text(settings, encoding="utf-8")
    (place / "small.yml").write_bytes((Path(__file__).parent / "small.yml").read_bytes())
    there = place.parent / "there.csv"
    there.write_bytes(as_csv([HEADS, ["z9", "w1", "south", "hr", "5", "1", "2", "Before"]]))
    assert CliRunner().invoke(main, ["import", str(there), "--into", str(place)]).exit_code == 0
    return place


@pytest.fixture(scope="module")
def acme(tmp_path_factory) -> Path:
    return with_answers(tmp_path_factory.mktemp("fuzz") / "acme", ENGAGEMENT)


@pytest.fixture(scope="module")
def one_wave(tmp_path_factory) -> Path:
    """Surveys of other programs that were filled in before there was a second round."""
    first, second = (line for line in ENGAGEMENT.splitlines(keepends=True) if "- {id: w" in line)
    assert "w1" in first
    return with_answers(tmp_path_factory.mktemp("fuzz") / "acme", ENGAGEMENT.replace(second, ""))


def people_of(engagement: Any) -> list[Person]:
    found = []
    for n, who in enumerate(engagement.instrument.perspectives):
        given: dict[str, str] = {}
        for m, question in enumerate(engagement.instrument.questions(who)):
            scale = question.facet.scale
            values = [one.value for one in (*scale.choices, *scale.ways_out)]
            words = f"Words {n}; “q”"
            given[question.key] = words if scale.kind == "text" else values[(n + m) % len(values)]
        found.append(Person(who, ("north", "all")[n % 2], given, ("en", "da", "nl")[n % 3]))
    return found


def clean_on_the_terminal(done: Result) -> None:
    """Nothing from outside steers a terminal, and nobody reads a traceback."""
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    odd = {c for c in said if category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in "\n\u200d"}
    assert not odd, odd


def taken_or_refused(acme: Path, path: Path, *more: str) -> int:
    """Import a file: how many rows were taken; 0 where it was refused, and then nothing has changed."""
    engagement = engagements.load(acme)
    before = dump(engagement)
    done = CliRunner().invoke(main, ["import", str(path), "--into", str(acme), *more])
    clean_on_the_terminal(done)
    if done.exit_code:
        assert done.exit_code == 1 and not done.stdout.strip()
        first, *listed = done.stderr.splitlines()
        # A list of the kit's own lines: nothing from outside begins one.
        assert first.strip() and all(line.startswith("  - ") for line in listed), done.stderr
        assert dump(engagement) == before
        return 0
    *told, last = done.stdout.splitlines()
    assert all(line.startswith("note: ") for line in told) and " rows, " in last, done.stdout
    with open_store(engagement) as store:
        batches = store.imports()
        new = batches[-1].new if len(batches) > 1 else 0
        if len(batches) > 1:
            store.undo()
            assert len(store.imports()) == 1
    return new


FILES: dict[str, tuple[str, Callable[[Any], bytes]]] = {
    "csv, cells": ("a.csv", lambda draw: as_csv(in_cells(draw, [HEADS, *ROWS]), draw(st.sampled_from(",;\t")))),
    "csv, bytes": ("a.csv", lambda draw: in_bytes(draw, as_csv([HEADS, *ROWS]))),
    "txt, encodings": (
        "a.txt",
        lambda draw: in_bytes(draw, as_csv(in_cells(draw, [HEADS, *ROWS]), "\t", draw(st.sampled_from(["utf-16", "utf-8-sig", "cp1252", "utf-16-be", "utf-32"])))),
    ),
    "tsv": ("a.tsv", lambda draw: in_bytes(draw, as_csv(in_cells(draw, [HEADS, *ROWS]), "\t"))),
    "xlsx, cells": ("a.xlsx", lambda draw: as_xlsx(in_cells(draw, [HEADS, *ROWS]))),
    "xlsx, parts": ("a.xlsx", lambda draw: in_parts(draw, as_xlsx([HEADS, *ROWS]))),
    "ods, cells": ("a.ods", lambda draw: in_parts(draw, as_ods([[c.replace("\x00", "") for c in row] for row in in_cells(draw, [HEADS, *ROWS])]))),
    "ods, parts": ("a.ods", lambda draw: in_parts(draw, as_ods([HEADS, *ROWS]))),
    "any ending": ("", lambda draw: in_bytes(draw, draw(st.sampled_from([as_csv([HEADS, *ROWS]), as_ods([HEADS]), b"%PDF-1.7", b""])))),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
@fuzzed
@given(data=st.data())
def test_a_file_is_taken_whole_or_refused(acme, kind, data):
    name, make = FILES[kind]
    path = acme.parent / (name or f"a{data.draw(st.sampled_from(KINDS))}")
    path.write_bytes(make(data.draw))
    taken_or_refused(acme, path)


@fuzzed
@given(data=st.data())
def test_every_cell_of_a_file_that_was_taken_is_in_the_store(acme, data):
    """Of a table that can be read, whatever stands below a question's heading is counted: none is lost."""
    rows = in_cells(data.draw, [HEADS, *ROWS])
    (acme.parent / "a.csv").write_bytes(as_csv(rows))
    done = CliRunner().invoke(main, ["import", str(acme.parent / "a.csv"), "--into", str(acme)])
    clean_on_the_terminal(done)
    if done.exit_code:
        return
    asked = {"trust.01", "trust.02", "trust.03", "open.good"}
    read = list(csv.reader(io.StringIO(as_csv(rows).decode("utf-8", "replace"), newline="")))
    heads = next(i for i, row in enumerate(read) if sum(normal(c) in asked for c in row) > 1)
    if heads:
        assert "not read" in done.stdout, done.stdout  # what stands above the headings
    keys = [normal(text).split(" ")[0] for text in read[heads]]
    told = [
        {keys[c] for c, text in enumerate(row[: len(keys)]) if keys[c] in asked and normal(text)}
        for row in read[heads + 1 :]
    ]
    given = sum(map(len, told))
    with open_store(engagements.load(acme)) as store:
        if len(store.imports()) == 1:
            return  # all of it was there
        before = sum(len(store.read(wave).answers) for wave in ("w1", "w2"))
        same = "0 already there" in done.stdout
        store.undo()
        after = sum(len(store.read(wave).answers) for wave in ("w1", "w2"))
    assert not same or before - after == given, (done.stdout, before - after, given)


@pytest.fixture(scope="module")
def sound(one_wave) -> dict[tuple[str, str], tuple[str, bytes]]:
    """Every export as its program writes it."""
    engagement = engagements.load(one_wave)
    people = people_of(engagement)
    return {
        tool: (name, write(one_wave.parent / name, engagement, people).read_bytes())
        for tool, (name, write) in EXPORTS.items()
    }


@pytest.mark.parametrize("tool", EXPORTS, ids=" ".join)
@settings(fuzzed, max_examples=max(2, TRIES // 8))
@given(data=st.data())
def test_an_export_is_taken_whole_or_refused(one_wave, sound, tool, data):
    name, raw = sound[tool]
    path = one_wave.parent / name
    path.write_bytes((in_parts if path.suffix == ".xlsx" else in_bytes)(data.draw, raw))
    taken_or_refused(one_wave, path)


@fuzzed
@given(data=st.data())
def test_a_mapping_is_used_or_refused(acme, data):
    (acme.parent / "a.csv").write_bytes(as_csv([HEADS, *ROWS]))
    mapping = acme.parent / "m.yml"
    if data.draw(st.booleans()):
        mapping.write_bytes(in_bytes(data.draw, MAPPING.encode()))
    else:
        import yaml

        mapping.write_text(
            yaml.safe_dump(in_tree(data.draw, yaml.safe_load(MAPPING))), encoding="utf-8"
        )
    taken_or_refused(acme, acme.parent / "a.csv", "--mapping", str(mapping))


#: Words that a mapping knows, in places that are not theirs.
WORDS = ["column", "columns", "values", "value", "other", "question", "perspective", "parted", "answers", "keep",
         "drop", "skip", "header_rows", "long", "labels", "ignore", "organisation", "blank", "language", "*"]  # fmt: skip
SOMETHING = st.recursive(
    st.one_of(A_SIGN, st.integers(-2, 10**20), st.none(), st.booleans(), st.floats()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(WORDS), A_SIGN), inner, max_size=3),
    ),
    max_leaves=6,
)


def in_tree(draw: Any, tree: Any) -> Any:
    """Data of which one part is something else."""
    where = tree
    while True:
        keys = list(where) if isinstance(where, dict) else list(range(len(where)))
        if not keys or draw(st.integers(0, 3)) == 0:
            if isinstance(where, dict):
                where[draw(st.one_of(st.sampled_from(WORDS), A_SIGN))] = draw(SOMETHING)
            else:
                where.append(draw(SOMETHING))
            return tree
        key = draw(st.sampled_from(keys))
        if not isinstance(where[key], dict | list) or draw(st.booleans()):
            where[key] = draw(SOMETHING)
            return tree
        where = where[key]


@fuzzed
@given(data=st.data())
def test_what_a_form_saved_is_taken_whole_or_refused(acme, data):
    version = engagements.load(acme).instrument.version
    saved = {
        "hrkit": "answers", "format": 1, "engagement": "acme", "client": "Åkær & Søn", "instrument": "small",
        "version": version, "wave": "w2", "perspective": "leader", "unit": "north", "language": "da",
        "code": "ABCD-EFGH-JK", "answers": {"trust.01": "4", "trust.02": "dk", "open.good": "Words"},
    }  # fmt: skip
    if data.draw(st.booleans()):
        raw = in_bytes(data.draw, json.dumps(saved).encode())
    else:
        raw = json.dumps(in_tree(data.draw, saved)).encode("utf-8", "replace")
    path = acme.parent / "a.hrkit.json"
    path.write_bytes(raw)
    taken_or_refused(acme, path)


def test_what_is_damaged_here_is_taken_while_it_is_sound(acme, one_wave, sound):
    """Or nothing above would be tested."""
    for name, raw in (
        ("a.csv", as_csv([HEADS, *ROWS])),
        ("a.tsv", as_csv([HEADS, *ROWS], "\t")),
        ("a.xlsx", as_xlsx([HEADS, *ROWS])),
        ("a.ods", as_ods([HEADS, *ROWS])),
    ):
        (acme.parent / name).write_bytes(raw)
        assert taken_or_refused(acme, acme.parent / name) == len(ROWS), name
    (acme.parent / "m.yml").write_text(MAPPING, encoding="utf-8")
    rows = [row for row in ROWS if row[0]]
    (acme.parent / "a.csv").write_bytes(as_csv([HEADS, *rows]))
    mapped = taken_or_refused(acme, acme.parent / "a.csv", "--mapping", str(acme.parent / "m.yml"))
    assert mapped == len(rows)
    people = people_of(engagements.load(one_wave))
    for tool, (name, raw) in sound.items():
        (one_wave.parent / name).write_bytes(raw)
        assert taken_or_refused(one_wave, one_wave.parent / name) == len(people), tool
