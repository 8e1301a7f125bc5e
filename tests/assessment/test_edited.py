"""A consultant's own words under a section's heading: where they stand, and when they are refused."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from hrkit.assessment.edited import text_problems
from hrkit.assessment.edited import with_text as edited
from hrkit.blocks import Block, Heading, Paragraph, plain
from hrkit.blocks.worksheets import Worksheet
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.report.chapter import Chapter

SECTIONS = ("summary", "gaps", "dimensions")
KIT = (Heading("The kit's"), Paragraph("As the kit says it."))


@pytest.fixture
def acme(client_folder: Any, tmp_path: Path) -> Engagement:
    """A made-up engagement whose folder is the test's own."""
    return dataclasses.replace(engagements.load(client_folder("firm")), folder=tmp_path)


def write(acme: Engagement, name: str, text: str | bytes) -> None:
    path = acme.folder / "texts" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)


def with_text(
    acme: Engagement, section: str, language: str, blocks: tuple[Block, ...]
) -> tuple[Block, ...]:
    return edited(acme, section, language, Chapter(blocks)).blocks


def said(blocks: tuple[Block, ...]) -> list[str]:
    return [plain(block.text) for block in blocks if isinstance(block, (Heading, Paragraph))]


def test_without_a_text_the_section_stays_as_it_is(acme: Engagement) -> None:
    assert with_text(acme, "gaps", "nl", KIT) == KIT


def test_a_text_stands_below_the_heading_and_above_the_kits_own(acme: Engagement) -> None:
    write(acme, "gaps.md", "Our view.\n\n# Big\n\nMore.")
    blocks = with_text(acme, "gaps", "nl", KIT)
    assert said(blocks) == ["The kit's", "Our view.", "Big", "More.", "As the kit says it."]
    big = next(b for b in blocks if isinstance(b, Heading) and plain(b.text) == "Big")
    assert big.level == 2  # below the section's own


@pytest.mark.parametrize("first", ["replace", "Replace ", "\n\nreplace"])
def test_a_text_that_begins_with_replace_takes_the_sections_place(
    acme: Engagement, first: str
) -> None:
    write(acme, "gaps.md", f"{first}\nOnly this.")
    assert said(with_text(acme, "gaps", "nl", KIT)) == ["The kit's", "Only this."]


@pytest.mark.parametrize(("text", "kept"), [("Our view.", True), ("replace\nOur view.", False)])
def test_the_worksheets_of_a_replaced_section_go_with_its_figures(
    acme: Engagement, text: str, kept: bool
) -> None:
    write(acme, "gaps.md", text)
    sheet = Worksheet("Gaps", "Gaps", ("a",), (("1",),))
    assert edited(acme, "gaps", "nl", Chapter(KIT, (sheet,))).worksheets == (sheet,) * kept


def test_a_file_of_the_language_comes_first_then_any_then_the_engagement_file(
    acme: Engagement,
) -> None:
    acme = dataclasses.replace(acme, texts={"gaps": {"nl": "From the file."}})
    assert "From the file." in said(with_text(acme, "gaps", "nl", KIT))
    assert with_text(acme, "gaps", "en", KIT) == KIT
    write(acme, "gaps.md", "For all.")
    assert said(with_text(acme, "gaps", "nl", KIT))[1] == "For all."
    write(acme, "gaps.nl.md", "Voor ons.")
    assert said(with_text(acme, "gaps", "nl", KIT))[1] == "Voor ons."
    assert said(with_text(acme, "gaps", "en", KIT))[1] == "For all."


def test_a_section_that_is_not_printed_stays_away(acme: Engagement) -> None:
    write(acme, "gaps.md", "Our view.")
    assert with_text(acme, "gaps", "nl", ()) == ()


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("sumary.nl.md", "x", "names no section; did you mean summary?"),
        ("summary.xx.md", "x", "is in no language of the instrument: xx; use one of en, da, nl"),
        ("summary.EN.md", "x", "is in no language of the instrument: EN; use one of en, da, nl"),
        ("sumary.xx.md", "x", "names no section; did you mean summary?"),
        ("dimensions.nothing.md", "x", "names no section"),
        ("summary.md", b"\xe6\xf8\xe5", "is not UTF-8; save it as UTF-8"),
        ("summary.md", b"a\x00b", "is no text; save it as Markdown, in UTF-8"),
        ("summary.md", "x" * 200_001, "is longer than 200 kB; shorten it"),
        ("summary.txt", "x", "is not read; name it summary.md"),
    ],
)
def test_refused(acme: Engagement, name: str, text: str | bytes, what: str) -> None:
    write(acme, name, text)
    (problem,) = text_problems(acme, SECTIONS)
    assert str(problem).startswith(f"texts/{name}: {what}")


def test_a_link_that_leads_out_of_the_folder_is_refused(acme: Engagement, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-secret.md"
    outside.write_text("secret", "utf-8")
    write(acme, "gaps.md", "x")
    (acme.folder / "texts" / "summary.md").symlink_to(outside)
    (problem,) = text_problems(acme, SECTIONS)
    assert problem.what == "is a link that leads out of the folder"
    with pytest.raises(HrkitError, match="leads out of the folder"):
        with_text(acme, "summary", "nl", KIT)


def test_good_texts_and_what_is_no_text_are_let_alone(acme: Engagement) -> None:
    trust = acme.instrument.dimensions[0].id
    for name in ("summary.md", "gaps.da.md", f"dimensions.{trust}.md", "photo.png", ".hidden.md"):
        write(acme, name, "x")
    assert text_problems(acme, SECTIONS) == ()
    wrong = dataclasses.replace(acme, texts={"gapz": {"nl": "x"}})
    (problem,) = text_problems(wrong, SECTIONS)
    assert str(problem).startswith("engagement.yml, texts.gapz: is no section; did you mean gaps?")


def test_what_nobody_sees_is_not_printed(acme: Engagement) -> None:
    write(acme, "summary.en.md", "Acme\u200b is \u202ewell\u3164.")
    assert plain(with_text(acme, "summary", "en", KIT)[1].text) == "Acme is well."  # type: ignore[union-attr]
