"""What a section says, kept as readable JSON; and how three pages look, kept as small pictures.

After a change that is meant, write them anew with ``HRKIT_SNAPSHOTS=write`` and read the
difference before you commit it.
"""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

import hrkit
from hrkit import synthetic
from hrkit.assessment.assessment import Assessment
from hrkit.blocks import to_json
from hrkit.publish.pdf import render_pdf
from hrkit.report.sections import SECTIONS

KEPT = Path(__file__).parent / "snapshots"
WRITE = os.environ.get("HRKIT_SNAPSHOTS") == "write"
#: Page of the Danish demo by name: cover, summary, the first dimension.
PAGES = {"cover": 1, "summary": 3, "dimension": 7}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("snapshots") / "fjordby"
    synthetic.build(synthetic.client("municipality"), folder)
    return folder


@pytest.fixture(scope="module", params=["da", "nl", "en"])
def report(request: pytest.FixtureRequest, demo: Path) -> Assessment:
    return hrkit.assess(demo, language=request.param)


def without_drawings(value: Any) -> Any:
    """Words and numbers stay, SVG goes: its digits differ from machine to machine."""
    if isinstance(value, dict):
        return {k: without_drawings(v) for k, v in value.items() if k not in ("svg", "art", "logo")}
    if isinstance(value, list):
        return [without_drawings(item) for item in value]
    return value


@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_a_section_says_what_it_said(report: Assessment, section: str) -> None:
    said = without_drawings(to_json(report.section(section).blocks))
    path = KEPT / f"{section}.{report.context.language}.json"
    text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if WRITE:
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8"), f"{path.name} has changed; see this module's docstring"


@pytest.fixture(scope="module")
def pages(demo: Path) -> dict[str, Any]:
    import pypdfium2

    data = render_pdf(hrkit.assess(demo, language="da").blocks())
    document = pypdfium2.PdfDocument(data)
    try:
        return {
            name: document[number - 1].render(scale=0.7).to_pil().convert("L")
            for name, number in PAGES.items()
        }
    finally:
        document.close()


@pytest.mark.parametrize("name", sorted(PAGES))
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
