"""What a section says, kept as readable JSON; and how three pages look, kept as small pictures.

After a change that is meant, write them anew with ``make golden`` and read the difference before
you commit it.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrkit.assessment.assessment import Assessment
from hrkit.blocks import Block, to_json
from hrkit.report.sections import SECTIONS

KEPT = Path(__file__).parent / "snapshots"
WRITE = os.environ.get("HRKIT_SNAPSHOTS") == "write"
#: Pages of the Danish demo whose looks are kept: cover, summary, the first dimension.
PAGES = ("cover", "dimension", "summary")


@pytest.fixture(params=["da", "nl", "en"])
def report(request: pytest.FixtureRequest, client: Callable[[str, str], Assessment]) -> Assessment:
    return client("municipality", request.param)


def without_drawings(value: Any) -> Any:
    """Words and numbers stay, SVG goes: its digits differ from machine to machine."""
    if isinstance(value, dict):
        return {
            k: without_drawings(v)
            for k, v in value.items()
            if k not in ("svg", "art", "logo", "plots")
        }
    if isinstance(value, list):
        return [without_drawings(item) for item in value]
    return value


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_a_section_says_what_it_said(report: Assessment, section: str) -> None:
    said = without_drawings(to_json(report.section(section).blocks))
    path = KEPT / f"{section}.{report.context.language}.json"
    text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if WRITE:
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8"), f"{path.name} has changed; see this module's docstring"


def words_of(page: Any) -> str:
    """A page's words, line ends and hyphens undone."""
    text = re.sub(r"[\ufffe\u00ad]\s*", "", page.get_textpage().get_text_bounded())
    return re.sub(r"\s+", " ", text)


def needles(report: Assessment) -> dict[str, tuple[str, ...]]:
    """Words by which a page is found, wherever it stands in the report."""
    ctx = report.context
    first = ctx.instrument.dimensions[0]
    return {
        "cover": (ctx.engagement.client, report.info.subtitle),
        "summary": (
            ctx.words("report.summary.decision.what"),
            ctx.words("report.summary.decide", n=3),
        ),
        "dimension": (
            ctx.name(first),
            ctx.words("report.dimension.others"),
            ctx.words("report.dimension.next"),
        ),
    }


@pytest.fixture(scope="module")
def pages(
    client: Callable[[str, str], Assessment], drawn: Callable[[str, str], tuple[Block, ...]]
) -> dict[str, Any]:
    import pypdfium2

    from hrkit.publish.pdf import render_pdf

    wanted = needles(client("municipality", "da"))
    document = pypdfium2.PdfDocument(render_pdf(drawn("municipality", "da")))
    try:
        said = [words_of(page) for page in document]
        found = {
            name: next(i for i, text in enumerate(said) if all(word in text for word in words))
            for name, words in wanted.items()
        }
        return {
            name: document[i].render(scale=0.7).to_pil().convert("L") for name, i in found.items()
        }
    finally:
        document.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_looked(pages: dict[str, Any], name: str) -> None:
    import numpy as np
    from PIL import Image

    path = KEPT / f"page-{name}.png"
    if WRITE:
        pages[name].quantize(32).save(path, optimize=True)
    now = np.asarray(pages[name], dtype=float)
    kept = np.asarray(Image.open(io.BytesIO(path.read_bytes())).convert("L"), dtype=float)
    assert now.shape == kept.shape
    # Antialiasing differs a little between machines; a moved block differs a lot.
    assert float((np.abs(now - kept) > 48).mean()) < 0.01
