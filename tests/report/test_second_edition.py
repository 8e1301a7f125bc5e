"""The core instrument on its whole way, with what its second edition brought: asked, released, printed, explained."""

from __future__ import annotations

import csv
import dataclasses

import pytest

from hrkit import synthetic
from hrkit.answers.readers.template import read_answers
from hrkit.answers.writers.template import write_template
from hrkit.assessment.assessment import assess
from hrkit.assessment.explain import told
from hrkit.blocks import Heading, plain, to_json, walk
from hrkit.disclosure.release import issue
from hrkit.forms import pages
from hrkit.model.languages import codes
from tests.quick import undrawn


@pytest.fixture(scope="module")
def engagement(tmp_path_factory):
    return synthetic.build(synthetic.client("firm"), tmp_path_factory.mktemp("second"))


@pytest.fixture(scope="module")
def released(engagement):
    return issue(engagement, "w1")


@pytest.mark.parametrize("language", codes())
def test_a_form_offers_both_scales_in_words(engagement, language):
    engagement = dataclasses.replace(engagement, languages=codes())
    form = pages.form(engagement, "leader", engagement.root.id, language)
    assert {"agreement", "frequency"} <= set(form["scales"])
    asked = [facet for page in form["pages"] for item in page["items"] for facet in item["facets"]]
    used = [one["scale"] for one in asked]
    assert used.count("frequency") > 20 and used.count("agreement") > 10
    labels = [choice["label"] for choice in form["scales"]["frequency"]["choices"]]
    assert len(set(labels)) == 5 and not set(labels) & {"1", "5"}


def test_a_template_takes_how_often_in_words(engagement, tmp_path):
    path = write_template(engagement, tmp_path / "t.csv", "en")
    with path.open(encoding="utf-8-sig") as file:
        header = next(csv.reader(file))
    row = dict.fromkeys(header, "")
    for name in header:
        if name.startswith("presence.01"):
            row[name] = "Seldom"
        elif name.startswith("roles.01"):
            row[name] = "Agree"
    row |= {header[1]: "w1", header[2]: engagement.units[-1].id, header[3]: "leader"}
    filled = tmp_path / "filled.csv"
    with filled.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, [row[name] for name in header]])
    given = read_answers(filled, engagement).responses.answers
    assert dict(zip(given["item"], given["value"], strict=True)) == {
        "presence.01": "2", "roles.01": "4",
    }  # fmt: skip


def test_whoever_is_asked_too_little_has_no_score_and_a_reason(engagement, released):
    root = engagement.root.id
    assert released.score("chain", "hr", root).why == "few"
    gap = released.gap("chain", root)
    assert gap is None or not gap.shown
    assert released.score("chain", "leader", root).shown


@pytest.mark.parametrize("language", codes())
def test_a_report_names_turned_statements_the_right_way_round(engagement, released, language):
    with undrawn():
        report = assess(engagement.folder, language=language, released=released)
        blocks = report.blocks()
    said = str(to_json(blocks))
    assert "↓" not in said
    headings = [plain(block.text) for block in walk(blocks) if isinstance(block, Heading)]
    assert len(headings) > 20 and len(set(headings)) > 15
    item = engagement.instrument.items["trust.07"]
    assert item.label is not None
    text = told(report.context, "trust.07", "leader")
    # What was asked is told where a number is made again; the label is what the pages say.
    assert report.context.instrument.wording(item, "leader", language) in text
