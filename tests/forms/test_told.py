"""Before anybody answers, every form says for which groups results are shown and what a colleague can work out."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from hrkit.answers.writers.template import write_template
from hrkit.assessment.assessment import Assessment
from hrkit.blocks import Paragraph, plain, walk
from hrkit.forms.pages import welcome_page
from hrkit.model.engagement import Engagement, protection_of
from hrkit.model.languages import codes
from hrkit.report.handouts.form import form_pages
from hrkit.report.sections.back import method

#: What is said to whoever is in a group of five, and where the engagement is stricter.
COLLEAGUE = {
    "en": {
        False: "knows their own answers can work out what the others answered together",
        True: "knows one answer from every group",
    },
    "da": {
        False: "kender sine egne svar, kan regne ud, hvad de øvrige har svaret tilsammen",
        True: "kender ét svar fra hver gruppe",
    },
    "nl": {
        False: "de eigen antwoorden kent, kan uitrekenen wat de anderen samen hebben geantwoord",
        True: "uit elke groep één antwoord kent",
    },
}
METHOD = {
    "en": {
        False: "knows their own answer can work out what the others answered together",
        True: "knows two answers of a small group may still work out more",
    },
    "da": {
        False: "kender sit eget svar, kan regne ud, hvad de øvrige har svaret tilsammen",
        True: "kender to svar fra en lille gruppe, kan stadig regne sig frem til mere",
    },
    "nl": {
        False: "het eigen antwoord kent, kan uitrekenen wat de anderen samen hebben geantwoord",
        True: "twee antwoorden uit een kleine groep kent, kan nog altijd meer afleiden",
    },
}


def forms(engagement: Engagement, language: str, place: Path) -> dict[str, str]:
    """All that whoever answers reads first: on a screen, on paper, in the workbook for one person."""
    page = welcome_page(engagement, engagement.wave(), language, "leader")
    paper = form_pages(engagement, "leader", engagement.words(language))
    (place / "form.xlsx").unlink(missing_ok=True)
    write_template(engagement, place / "form.xlsx", language, form=True)
    book = CalamineWorkbook.from_path(str(place / "form.xlsx"))
    return {
        "screen": " ".join(point["text"] for point in page["points"]),
        "paper": " ".join(plain(one.text) for one in walk(paper) if isinstance(one, Paragraph)),
        "workbook": " ".join(str(c) for row in book.get_sheet_by_index(0).to_python() for c in row),
    }


@pytest.mark.parametrize("language", codes())
@pytest.mark.parametrize("insider", [False, True])
def test_a_colleague_is_spoken_of(
    engagement: Engagement, tmp_path: Path, language: str, insider: bool
) -> None:
    raised = replace(engagement, protection=protection_of(6, 25, insider))
    for form, text in forms(raised, language, tmp_path).items():
        assert COLLEAGUE[language][insider] in text, form
        assert COLLEAGUE[language][not insider] not in text, form
        # The thresholds of this engagement: one more of each where it is stricter.
        numbers = [7, 26] if insider else [6, 25]
        assert [int(n) for n in re.findall(r"\b(?:6|7|25|26)\b", text)[:2]] == numbers, form


@pytest.mark.parametrize("language", codes())
def test_a_sensitive_question_is_named_with_its_number(
    engagement: Engagement, tmp_path: Path, language: str
) -> None:
    first, *others = engagement.instrument.sections
    marked = replace(first, items=tuple(replace(item, sensitive=20) for item in first.items))
    if marked.importance:
        marked = replace(marked, importance=replace(marked.importance, sensitive=20))
    instrument = replace(engagement.instrument, sections=(marked, *others))
    for given, n in ((engagement, 0), (replace(engagement, instrument=instrument), 1)):
        said = given.words(language)(
            "forms.welcome.groups.sensitive", name=first.name[language], n=20
        )
        for form, text in forms(given, language, tmp_path).items():
            assert text.count(said) == n, form


@pytest.mark.parametrize("language", codes())
@pytest.mark.usefixtures("undrawn")
def test_the_method_page_says_it_too(client, language: str) -> None:
    firm: Assessment = client("firm", language)
    for insider in (False, True):
        released = replace(firm.context.released, insider=insider)
        blocks = method(replace(firm.context, released=released))
        told = " ".join(plain(one.text) for one in walk(blocks) if isinstance(one, Paragraph))
        assert METHOD[language][insider] in told
        assert METHOD[language][not insider] not in told


def test_the_guide_of_the_workbook_is_printed_whole(engagement: Engagement, tmp_path: Path) -> None:
    """A program makes a single column no smaller to fit a page: with a wider font in place of its own, A4 holds 72."""
    path = tmp_path / "form.xlsx"
    write_template(engagement, path, "da", form=True)
    with zipfile.ZipFile(path) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    (width,) = re.findall(r'<col min="1" max="1" width="([\d.]+)"', sheet)
    assert float(width) <= 72
