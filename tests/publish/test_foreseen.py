"""What is foreseen of a page instead of measured: it may err to the safe side alone."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import typst
from PIL import Image

from hrkit.blocks import (
    Block,
    Bullets,
    Card,
    DocumentInfo,
    Grid,
    Heading,
    Note,
    Paragraph,
    Quote,
    Span,
    Table,
    Together,
)
from hrkit.publish import pdf
from hrkit.publish.fonts import advances, typeset, typst_fonts
from hrkit.publish.foreseen import _WIDTH, _height
from hrkit.publish.pdf import render_pdf
from hrkit.publish.prepare import prepare
from tests.pages import pages_of

LONG = "Medarbejderudviklingssamtale"
WORDS = "Hvad der er aftalt, står på én side, og alle ved, hvem der gør hvad inden fredag. "
TABLE = Table(
    ("Emne", "Skridt", "Hvem"),
    (
        ("Nærvær", f"{LONG} og opfølgning", "Ledere"),
        ((Span("MMMMWWWWMMMM", "strong"), Span(" og lillilillill")), "AVAVAVAV", "HR-partnere"),
    ),
    widths=(1, 2.5, 1),
)


def table_of(table: Table) -> dict[str, Any]:
    """A table as the template gets it."""
    (ready,) = prepare([table]).blocks
    return ready


def measured(tmp_path: Path, texts: list[tuple[str, bool]]) -> list[float]:
    """How wide texts are at ten points, as Typst sets them."""
    (tmp_path / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    lines = (
        '#set page(width: auto, height: auto, margin: 0pt)\n#set text(font: ("Lato", "DejaVu Sans"), size: 10pt)\n'
        '#for (t, b) in json("texts.json") { context { let w = measure(text(weight: if b { "bold" } else { "regular" }, t)).width\n'
        '[#metadata(w.pt()) <w>] } }'
    )  # fmt: skip
    (tmp_path / "main.typ").write_text(lines, encoding="utf-8")
    found = typst.query(
        tmp_path / "main.typ", "<w>", field="value", root=tmp_path, font_paths=typst_fonts(),
        ignore_system_fonts=True,
    )  # fmt: skip
    return [float(w) for w in json.loads(found)]


def test_the_widest_word_of_a_column_is_among_those_that_are_measured(tmp_path: Path) -> None:
    ready = table_of(TABLE)
    for column, (name, known) in enumerate(zip(TABLE.columns, ready["widest"], strict=True)):
        cells = [row[column] for row in TABLE.rows]
        said = [c if isinstance(c, str) else "".join(s.text for s in c) for c in cells]
        words = [w for text in said for w in ([text] if len(text) <= 12 else text.split())]
        shares = [1.0 if len(word) <= 12 else 0.58 for word in words]
        widths = measured(tmp_path, [(word, False) for word in words])
        needs = [w * s for w, s in zip(widths, shares, strict=True)]
        widest = words[needs.index(max(needs))]
        assert widest in [word for word, _ in known["body"]]
        bold = [s.text for c in cells if not isinstance(c, str) for s in c if s.style == "strong"]
        assert [word for word, _ in known["strong"]] == bold
        assert [word for word, _ in known["head"]] == [name]


def test_a_bold_word_has_room_in_its_column(tmp_path: Path) -> None:
    """Bold letters are wider: a column that has room for "boundaries" in plain ones alone ran into the next."""
    text = "across boundaries"

    def needs(cell: Any) -> Any:
        return table_of(Table(("A", "B"), ((cell, "x"),), widths=(1, 9)))["widest"][0]

    assert [word for word, _ in needs((Span(text, "strong"),))["strong"]] == ["boundaries"]
    assert needs(text)["strong"] == []
    # What a hard space keeps together is one word.
    assert [word for word, _ in needs("af alle (n\u00a0=\u00a017)")["body"]] == [
        "(n\u00a0=\u00a017)"
    ]


@pytest.mark.parametrize("bold", [False, True])
def test_letters_are_as_wide_as_the_page_sets_them(tmp_path: Path, bold: bool) -> None:
    texts = ["Rammer", "støtte i hverdagen", "ĳsvrij", "ş ě →"]
    for text, wide in zip(texts, measured(tmp_path, [(t, bold) for t in texts]), strict=True):
        summed = 10 * sum(advances(bold=bold)[ord(letter)] for letter in text)
        assert wide == pytest.approx(summed, rel=0.05)


def test_only_long_words_may_be_broken_and_nothing_is_lost() -> None:
    ready = table_of(TABLE)
    cells = [cell for row in ready["rows"] for cell in row]
    for cell, given in zip(cells, [c for row in TABLE.rows for c in row], strict=True):
        told = cell if isinstance(cell, str) else "".join(span["text"] for span in cell)
        assert told == (given if isinstance(given, str) else "".join(s.text for s in given))
    long = [s for c in cells if not isinstance(c, str) for s in c if s.get("long")]
    assert [span["text"] for span in long] == [LONG]


def tall(block: Block, tmp_path: Path) -> float:
    """How tall a block is on the page, in millimetres: on paper without an end."""
    document = prepare([block])
    for source in pdf._TEMPLATE.glob("*.typ"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    endless = (tmp_path / "report.typ").read_text("utf-8")
    endless = endless.replace("    flipped: flipped,\n", "    height: auto,\n").replace(
        "    paper: paper,\n", "    width: 210mm,\n"
    )
    (tmp_path / "report.typ").write_text(endless, encoding="utf-8")
    data = {"info": document.info, "blocks": document.blocks}
    (tmp_path / "document.json").write_text(json.dumps(data), encoding="utf-8")
    png = typeset(tmp_path, format="png", ppi=25.4)
    return Image.open(io.BytesIO(png)).height - 44


CASES: dict[str, Block] = {
    "a card of words": Card("Sådan", (Paragraph(WORDS * 9), Bullets((WORDS, WORDS * 2)))),
    "narrow columns": Grid(((Paragraph(WORDS * 4),), (Note(WORDS * 5),), (Card("A", (Paragraph(WORDS * 3),)),))),
    "cards beside each other": Grid(((Card("A", (Bullets((WORDS,) * 3),)),), (Card("B", (Paragraph(WORDS * 4),)),))),
    "what somebody said": Quote(WORDS * 7, "Leder"),
    "long words": Card(LONG * 2, (Paragraph(" ".join([LONG] * 30)),)),
    "capitals": Card("B", (Paragraph("HVEM GØR HVAD MED WWW OG MMM " * 12),)),
    "many short lines": Card("C", (Paragraph("\n".join(["ja"] * 12)), Heading("Så", level=3))),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_block_is_never_taller_than_foreseen(name: str, tmp_path: Path) -> None:
    (ready,) = prepare([CASES[name]]).blocks
    assert tall(CASES[name], tmp_path) <= _height(ready, _WIDTH, 10)


def test_what_no_page_can_hold_is_not_said_to_fit() -> None:
    whole = Card("Alt", (Paragraph(WORDS * 60),))
    short = Card("Lidt", (Paragraph(WORDS),))
    assert [block["fits"] for block in prepare([whole, short]).blocks] == [False, True]


@pytest.mark.parametrize("whole", [False, True])
def test_no_last_page_holds_a_few_lines_alone(whole: bool) -> None:
    """A last section that runs over takes the part before it along; one that has room stays."""
    table = Table(("Emne", "Tal"), tuple((f"Emne {n}", str(n)) for n in range(6)), widths=(3, 1))
    sources = (Heading("Kilder"), Note("S1 HR 98"))
    end = (Heading("Tabellen", 2), table, *sources)
    if whole:  # with columns of which nothing is known
        loose = dataclasses.replace(table, widths=(8, 1))
        end = (Together((Heading("Tabellen", 2), loose)), Together(sources))
    over = 0
    for filled in range(22, 31):
        pages = pages_of(render_pdf((Heading("Rapport"), *[Paragraph(WORDS)] * filled, *end)))
        over += len(pages) - 1
        assert ("Kilder" in pages[-1]) == ("Emne 5" in pages[-1]), filled
    assert 0 < over < 9


@pytest.mark.parametrize(
    "word", ["Verwerkingsverantwoordelijke", "leidinggevende", "ondersteuning"]
)
def test_a_broken_word_leaves_no_two_letters_on_either_line(word: str) -> None:
    """Dutch would break before its last two letters, and after its first."""
    broken = 0
    for wide in range(10, 60, 3):
        table = Table(("A", "B"), ((f"en {word}", "x " * 40),), widths=(wide, 100 - wide))
        text = pages_of(render_pdf((DocumentInfo("T", "nl"), table)))[0]
        for before, after in re.findall(r"(\w+)[-\ufffe\u00ad](?:\r?\n)?(\w+)", text):
            broken += 1
            assert min(len(before), len(after)) > 2, text
    assert broken or len(word) < 20


def test_an_interval_stays_on_one_line() -> None:
    blocks = [Paragraph("a " * n + "Totaal 3,1 (2,8–3,4) en −0,4–−0,1. " * 8) for n in range(12)]
    text = "".join(pages_of(render_pdf(blocks)))
    assert text.count("2,8–3,4)") == text.count("−0,4–−0,1.") == 12 * 8
    assert not re.search(r"[–(,]\s*\r?\n\s*[−\d]", text)


@pytest.mark.parametrize("style", ["plain", "strong", "emph", "mute"])
def test_a_word_that_may_be_broken_looks_as_what_stands_around_it(style: str) -> None:
    """Its darkest dot is that of a short word in the same style."""

    def darkest(word: str) -> int:
        table = Table(("", ""), (((Span(word, style),), ""),), widths=(1, 1))
        with pypdfium2.PdfDocument(render_pdf([table])) as opened:
            page = opened[0].render(scale=3).to_pil().convert("L")
        # Neither the running lines nor the table's rules.
        return int(page.crop((0, 250, page.width, page.height - 250)).getextrema()[0])

    assert abs(darkest(LONG) - darkest(LONG[:10])) < 12
