"""What the benchmark's pages say, kept as readable JSON: a client's, and the consultant's own report.

After a change that is meant, write them anew with ``make golden`` and read the difference before
you commit it.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrkit.assessment.assessment import Assessment
from hrkit.blocks import to_json
from hrkit.disclosure.portfolio.decide import decide, scales_of
from hrkit.disclosure.portfolio.entries import entry_of
from hrkit.model.languages import codes
from hrkit.portfolio.own import PARTS
from hrkit.report.sections.benchmark import benchmark as page
from hrkit.synthetic.portfolio import portfolio_entries
from tests.portfolio.test_benchmark import DAY, client_page, portfolio_report
from tests.report.test_snapshots import without_drawings

KEPT = Path(__file__).parent / "snapshots"
WRITE = os.environ.get("HRKIT_SNAPSHOTS") == "write"

pytestmark = pytest.mark.usefixtures("undrawn")


def held(name: str, said: Any) -> None:
    path = KEPT / f"{name}.json"
    text = json.dumps(without_drawings(said), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8"), f"{path.name} has changed; see this module's docstring"


@pytest.mark.parametrize("language", codes())
def test_the_pages_say_what_they_said(
    client: Callable[[str, str], Assessment], language: str
) -> None:
    firm = client("municipality", "en")
    instrument = firm.context.instrument
    entries = (
        *portfolio_entries(instrument, "w1"),
        entry_of(firm.engagement, "w1", firm.released),
    )
    # Whatever is drawn, nothing: the same pages every time.
    made = decide(entries, scales_of(instrument), (), "w1", drawn=lambda: 0, row_error=lambda: 0)
    norms = dataclasses.replace(made.issued.norms, number=1, day=DAY)
    made = dataclasses.replace(made, issued=dataclasses.replace(made.issued, norms=norms))
    held(f"client.{language}", to_json(page(client_page(firm, made, language))))
    own = portfolio_report(firm, entries, made, language)
    held(f"own.{language}", [to_json(own.part(name).blocks) for name in PARTS])
