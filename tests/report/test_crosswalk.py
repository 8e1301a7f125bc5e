"""A wave of the first edition, then one of the second: what is compared, and what the page says of the rest."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
import yaml

from hrkit import synthetic
from hrkit.answers.store import open_store
from hrkit.assessment.assessment import assess
from hrkit.assessment.explain import told
from hrkit.blocks import Table, plain, walk
from hrkit.disclosure import release
from hrkit.disclosure.derived.frame import PAGE, difference, each, estimate
from hrkit.disclosure.trend import NOTHING, Moved
from hrkit.model import engagement_file as engagements
from hrkit.model.crosswalk import crosswalk
from hrkit.model.languages import codes
from tests.quick import undrawn


@pytest.fixture(scope="module")
def waves(tmp_path_factory):
    """What was released of both waves, and the folder."""
    folder = tmp_path_factory.mktemp("editions") / "client"
    client = dataclasses.replace(synthetic.client("municipality"), instrument="partnership-1")
    synthetic.build(client, folder)
    release.freeze(engagements.load(folder), "w1", dt.date(2026, 11, 1))
    path = folder / engagements.FILE
    data = yaml.safe_load(path.read_text("utf-8"))
    data["instrument"] = "partnership"
    second = {**data["waves"][0], "id": "w2", "opens": "2027-10-05", "closes": "2027-10-30"}
    data["waves"].append({**second, "name": {k: f"{v} 2" for k, v in second["name"].items()}})
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        store.add(synthetic.answers(engagement, dataclasses.replace(client, seed=5), "w2"))
    return folder, release.preview(engagement, "w1"), release.issue(engagement, "w2")


def test_each_wave_is_read_with_its_own_edition(waves):
    _, before, now = waves
    assert (before.version, now.version) == ("1.2.0", "2.1.1")
    assert before.score("trust.03", "leader", "fjordby").shown
    assert now.score("trust.06", "leader", "fjordby").shown


def test_statements_are_compared_as_the_crosswalk_says_and_dimensions_never(waves):
    _, _, now = waves
    table = crosswalk("partnership", 1, 2)
    found = {(c.measure, c.group) for c in now.changes}
    assert {("roles.01", "leader"), ("roles.01", "hr"), ("chain.01", "leader")} <= found
    assert all(group in table.followed(measure) for measure, group in found)
    assert not {measure for measure, _ in found} & {"presence.01", "direction.01", "trust.05"}
    # HR was asked this from another chair.
    assert ("direction.04", "leader") in found and ("direction.04", "hr") not in found
    assert {one.id for one in now.uncompared if one.kind == "dimension"} == {
        s.measure for s in now.scores if "." not in s.measure and s.measure in NINE
    }
    assert len(found) == len(now.changes) > 15


NINE = (
    "roles", "trust", "presence", "expertise", "direction", "leadership", "across", "chain", "renewal",
)  # fmt: skip


def test_a_change_is_the_difference_of_what_is_printed(waves):
    _, before, now = waves
    for one in now.changes:
        old, new = (r.score(one.measure, one.group, "fjordby") for r in (before, now))
        assert (one.before, one.now) == (old.mean, new.mean)
        moved = Moved(one.measure, one.group, estimate(old), estimate(new))
        made = difference(NOTHING, moved.by, each(PAGE, len(now.changes)))
        assert one.difference == pytest.approx(new.mean - old.mean, abs=1e-9)
        assert one.low <= one.difference <= one.high
        assert one.detectable >= made.half - 1e-9 and one.linked is None


@pytest.mark.parametrize("language", codes())
def test_the_page_says_what_may_not_be_compared(waves, language):
    folder, _, now = waves
    with undrawn():
        report = assess(folder, language=language, wave="w2", released=now)
        page = report.section("change")
    w = report.context.words
    said = " ".join(str(block) for block in page.blocks)
    assert w("sections.change.statements_note") in said
    assert w("sections.change.nothing", since="x").partition("x")[0] not in said
    (table,) = [
        b for b in walk(page.blocks)
        if isinstance(b, Table) and b.summary == w("sections.change.statements")
    ]  # fmt: skip
    words = {plain(row[1]) for row in table.rows}
    assert words == {w("sections.change.words.same"), w("sections.change.words.reworded")}
    assert len(table.rows) == 12
    (sheet,) = page.worksheets
    assert len(sheet.rows) == len(now.changes)


def test_a_change_of_a_statement_is_made_again(waves):
    folder, before, now = waves
    with undrawn():
        report = assess(folder, language="en", wave="w2", released=now)
    change = next(c for c in now.changes if c.measure == "roles.01" and c.group == "leader")
    text = told(report.context, "roles.01", "leader", before=before)
    assert report.context.words.signed(change.difference) in text
    assert "kept" not in text
