from __future__ import annotations

import itertools
import re
import shutil
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hrkit.blocks import (
    Contents,
    Cover,
    DocumentInfo,
    Fact,
    Facts,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    walk,
)
from hrkit.blocks.shown import Shown
from hrkit.errors import PublishError
from hrkit.publish.colour import contrast, readable, tint
from hrkit.publish.html import render_html

from .sample import document as sample_document

VOID = {"meta", "br", "img"}
CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)


class Outline(HTMLParser):
    """Headings, landmarks, ids and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[tuple[int, str]] = []
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.level = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        values = dict(attrs)
        self.ids.update([values["id"] or ""] if "id" in values else [])
        if tag == "a":
            self.links.append(values.get("href") or "")
        self.addresses += [
            values[n] or "" for n in ("src", "srcset", "data", "action") if n in values
        ]
        assert not any(name.startswith("on") for name, _ in attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.level = int(tag[1])
            self.headings.append((self.level, ""))

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self.level = 0

    def handle_data(self, data: str) -> None:
        if self.level:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_one_heading_landmarks_and_a_way_past_the_contents(sample, language: str) -> None:
    page = Outline(render_html(sample(language)))
    levels = [level for level, _ in page.headings]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert all(page.tags[tag] == 1 for tag in ("header", "nav", "main", "footer", "title"))
    assert max(page.ids.values()) == 1
    assert page.links[0] == "#main"
    inner = [link[1:] for link in page.links if link.startswith("#")]
    assert set(inner) <= set(page.ids)


def test_contents_lead_to_every_heading_of_their_depth(sample) -> None:
    document = sample("en")
    titles = [b for b in walk(document) if isinstance(b, Heading) and b.level == 1]
    page = render_html(document)
    assert page.count("<li><a href=") >= len(titles)
    nested = page[page.index("<nav") : page.index("</nav>")]
    assert nested.count("<ol>") == nested.count("</ol>") > 1  # the sample asks for two levels


def test_nothing_runs_and_nothing_is_fetched(written) -> None:
    text = written("odd-names", "da", "html").decode("utf-8")
    page = Outline(text)
    assert not page.tags.keys() & {"script", "iframe", "link", "object", "embed", "base", "form"}
    assert all(address.startswith("data:image/png;base64,") for address in page.addresses)
    assert "default-src 'none'" in text
    assert not re.search(r"@import|url\((?!#)", text)
    assert "<b>A/S" not in text and "&lt;b&gt;A/S" in text
    assert "<script" not in text and "\u202e" not in text


def test_outside_text_cannot_leave_the_style_sheet() -> None:
    info = DocumentInfo("T", "en", mark='</style><script>"}', footer='\\"*{display:none}')
    text = render_html((info, Paragraph("x")))
    style = text[text.index("<style>") : text.index("</style>")]
    assert "script" not in style and 'display:none}"' not in style
    assert "\\00003c\\00002f" in style  # written as code points


@pytest.mark.parametrize(("primary", "accent"), [("#f2c94c", "#ffff00"), ("#0b5d7a", "#b35c00")])
def test_colours_are_dark_enough_for_text(sample, primary: str, accent: str) -> None:
    text = render_html(sample("en", primary=primary, accent=accent))
    values = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", text[text.rindex(":root,") :]))
    assert contrast(values["primary"], values["brand-fill"]) >= 4.5
    assert contrast(values["accent"], values["accent-fill"]) >= 4.5
    assert contrast(values["ground"], "#ffffff") >= 4.5


@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#ffff00", "#0b5d7a"])
def test_readable_keeps_what_is_readable(colour: str) -> None:
    ground = tint(colour, 0.08)
    assert contrast(readable(colour, ground), ground) >= 4.5
    assert readable("#0b5d7a") == "#0b5d7a"


def test_a_notebook_without_cover_has_one_main_heading_too() -> None:
    own = render_html((DocumentInfo("T", "en"), Heading("T"), Heading("A", 2), Heading("B", 2)))
    assert [level for level, _ in Outline(own).headings] == [2, 1, 2, 2]  # contents, then the text
    other = render_html((DocumentInfo("T", "en"), Heading("A"), Heading("B"), Paragraph("x")))
    assert [text for level, text in Outline(other).headings if level == 1] == ["T"]
    flat = render_html((DocumentInfo("A", "en"), Heading("A"), Heading("B"), Heading("C")))
    assert [level for level, _ in Outline(flat).headings][-3:] == [1, 2, 2]


def test_a_hostile_or_repeated_id_is_not_used() -> None:
    same = (
        Heading("A", id="main"),
        Heading("B", id='x" onload="1'),
        Heading("C", id="c"),
        Heading("D", id="c"),
    )
    page = Outline(render_html((DocumentInfo("T", "en"), *same)))
    assert max(page.ids.values()) == 1
    assert "c" in page.ids and "x" not in page.ids


def test_the_cover_with_a_logo() -> None:
    png = "data:image/png;base64,iVBORw0KGgo="
    text = render_html((Cover("T", client="C", logo=png, logo_alt="Sign"), Paragraph("x")))
    assert f'src="{png}" alt="Sign"' in text
    bad = render_html((Cover("T", logo='data:image/png;base64,x" onerror="1'), Paragraph("x")))
    assert "onerror" not in bad


def test_pages_break_where_the_report_does() -> None:
    text = render_html((Heading("A", new_page=True), PageBreak(), Paragraph("x"), Contents("C")))
    assert text.count('<div class="page-break"></div>') == 2


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(PublishError, match="empty"):
        render_html((DocumentInfo("T", "en"),))


def test_the_same_blocks_give_the_same_page(sample) -> None:
    assert render_html(sample("da")) == render_html(sample("da"))


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
@pytest.mark.parametrize(
    ("name", "language", "width"),
    [("municipality", "da", 1280), ("odd-names", "nl", 400), ("two-missing", "en", 320)],
)
def test_axe_finds_nothing_from_desktop_to_400_per_cent(
    blocks, drawn, tmp_path: Path, name: str, language: str, width: int
) -> None:
    """No violation on a desktop, on a phone, and at 320 px (a desktop at 400 %); no sideways scrolling."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    document = drawn(name, language) if name == "municipality" else blocks(name, language)
    file = tmp_path / "report.html"
    file.write_text(render_html(document), encoding="utf-8")
    figures = sum(isinstance(block, Figure) for block in walk(document))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("svg[role=img][aria-label]").count() >= figures
        if width <= 640:
            # Rows are stacked: nothing of a table lies beside the screen, and each value names its column.
            off = "[...document.querySelectorAll('.scroll :is(td,th)')].filter(e => e.getBoundingClientRect().right > innerWidth)"
            assert page.evaluate(f"{off}.filter(e => !e.closest('thead')).length") == 0
            told = "getComputedStyle(document.querySelector('td[data-label]'), '::before').content"
            assert len(page.evaluate(told)) > 3
            assert page.get_by_role("columnheader").count() > 9
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
        assert all(url.startswith(("file:", "data:")) for url in fetched)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        browser.close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
@pytest.mark.parametrize("width", [390, 900])
@pytest.mark.parametrize("styled", [True, False])
def test_key_figures_in_a_notebook_are_words_not_letters(width: int, styled: bool) -> None:
    """JupyterLab has styles of its own, and takes the page's away where it does not trust a notebook."""
    from playwright.sync_api import sync_playwright

    facts = Facts(tuple(Fact("64", "answered: 79% of the leaders", "of 81") for _ in range(4)))
    shown = Shown((facts,))._repr_mimebundle_()["text/html"]
    if not styled:
        shown = re.sub(r"<style>.*?</style>", "", shown, flags=re.DOTALL)
    theirs = (
        ".theirs dt{float:left;clear:left;width:20%;font-weight:bold} .theirs dd{margin-left:20%}"
        ".theirs li{margin-left:2em}"
    )
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.set_content(f"<style>{theirs}</style><div class=theirs>{shown}</div>")
        boxes = page.evaluate(
            "() => [...document.querySelectorAll('.facts > *')].map(e => {"
            "const r = e.getBoundingClientRect(); return [e.innerText, r.x, r.y, r.width, r.height]})"
        )
        browser.close()
    assert [" ".join(text.split()) for text, *_ in boxes] == [
        "64 of 81 answered: 79% of the leaders"
    ] * 4
    assert all(across > 110 and down < 120 for *_, across, down in boxes), boxes
    for (_, x, y, across, down), (_, x2, y2, _, _) in itertools.pairwise(boxes):
        assert x2 >= x + across or y2 >= y + down, boxes  # each figure is its own words' neighbour


#: JupyterLab as it is installed: its themes, and the program that has its rules for what a cell shows.
LAB = Path(sys.prefix) / "share" / "jupyter" / "lab"


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
@pytest.mark.skipif(not LAB.is_dir(), reason="needs JupyterLab")
def test_what_a_cell_shows_can_be_read_in_every_theme_of_jupyterlab() -> None:
    """Tables, key figures, levels, cards: by JupyterLab's own rules and colours, the dark ones, too."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    (program,) = (LAB / "static").glob("jlab_core.*.js")
    rules = re.findall(
        r"\.jp-RenderedHTML(?:Common)?\b[^{}`'\"]*\{[^{}]*\}", program.read_text("utf-8")
    )
    assert len(rules) > 40 and any("tr:nth-child" in rule for rule in rules)
    shown = Shown(sample_document("da"))._repr_mimebundle_()["text/html"]
    grounds = set()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for theme in sorted((LAB / "themes" / "@jupyterlab").glob("theme-*-extension")):
            colours = (theme / "index.css").read_text("utf-8")
            page = browser.new_page(viewport={"width": 1000, "height": 800})
            page.set_content(
                f"<html lang=da><title>x</title><style>{colours}</style><style>{''.join(rules)}</style>"
                "<body style='background:var(--jp-layout-color0)'>"
                f"<main class='jp-RenderedHTML jp-RenderedHTMLCommon'>{shown}</main>"
            )
            grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
            wrong = [node["html"][:120] for one in found for node in one["nodes"]]
            assert wrong == [], theme.name
            page.close()
        browser.close()
    assert len(grounds) > 1, "a dark theme is dark"
