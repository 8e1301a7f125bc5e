from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from hrkit.blocks import Figure, Heading, Paragraph, Span, Table
from hrkit.blocks.html import fragment, to_html
from hrkit.blocks.shown import Shown
from hrkit.publish.html import render_html

from .sample import WORDS, document, gap_chart

VOID = {"br", "meta", "p", "li"}


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.stack: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes |= {name for name, _ in attrs}
        self.ids.update(value or "" for name, value in attrs if name == "id")
        if tag not in {"br", "meta"}:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_the_sample_is_one_sound_page(language: str) -> None:
    text = render_html(document(language))
    page = Page(text)
    assert not page.stack
    assert f'<html lang="{language}">' in text
    assert page.tags["title"] == 1
    assert page.tags["script"] == 0
    assert not any(name.startswith("on") for name in page.attributes)
    assert max(page.ids.values()) == 1
    assert page.tags["th"] > 8
    assert page.tags["caption"] == 2
    assert "http://" not in text.replace("http://www.w3.org/", "")


def test_text_is_escaped_and_links_are_checked() -> None:
    spans = (Span("<b>&", link="javascript:alert(1)"), Span("x", link='https://e.org/"><script>'))
    html = to_html((Paragraph(spans), Heading("<script>alert(1)</script>")))
    assert "&lt;b&gt;&amp;" in html
    assert "javascript" not in html
    assert "<script>" not in html


def test_two_equal_figures_have_different_ids() -> None:
    figure = Figure(gap_chart(WORDS["en"]["names"], WORDS["en"]["steps"]), 'says "this"')
    page = Page(fragment((figure, figure)))
    assert max(page.ids.values()) == 1
    assert 'role="img" aria-label="says &quot;this&quot;"' in fragment((figure,))


def test_a_table_names_its_rows_and_columns() -> None:
    html = to_html((Table(("a", "b"), (("r", "1"),), caption="C", summary="S"),))
    assert '<th scope="col"' in html
    assert '<th scope="row"' in html
    assert "<caption>C</caption>" in html
    assert "aria-describedby" in html


def test_a_lone_surrogate_does_not_stop_the_screen() -> None:
    to_html((Paragraph("a\ud800b"),)).encode()


def test_a_bar_and_its_key_can_be_read_without_the_style() -> None:
    """A notebook that is not trusted shows text alone: every part of a bar, nought too, in the key's order."""
    made = to_html((Paragraph((Span("5 · 0 · 43", "shares"), Span("Low · Middle · High", "key"))),))
    body = re.sub(r"<style>.*?</style>", "", made, flags=re.S)
    said = re.sub(r"<[^>]*>", "", body)
    assert "5 · 0 · 43" in said and "Low · Middle · High" in said
    assert ".hrkit .apart{display:none}" in made


def test_a_picture_in_a_notebook_is_seen_where_it_is_not_trusted_and_on_a_dark_page() -> None:
    """JupyterLab takes drawings and styles out of what it does not trust, and leaves pictures that load nothing."""
    svg = gap_chart(WORDS["en"]["names"], WORDS["en"]["steps"])
    made = Shown((Heading("A"), Figure(svg, 'says "this"')))._repr_mimebundle_()["text/html"]
    assert "<svg" not in made
    (picture,) = re.findall(r"<img [^>]*>", made)
    assert 'src="data:image/svg+xml;base64,' in picture and "&quot;this&quot;" in picture
    assert "background-color:#ffffff" in picture
