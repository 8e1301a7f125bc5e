"""hrkit plan: what can be seen, before anybody answers."""

from __future__ import annotations

import dataclasses
import math
import shutil

import numpy as np
import pytest
import yaml
from click.testing import CliRunner

import hrkit
from hrkit.cli import main
from hrkit.disclosure.chosen.picks import picks_told, standing_alone
from hrkit.disclosure.derived.frame import Estimate, certainty
from hrkit.disclosure.derived.planned import outlook, outlooks, spread
from hrkit.disclosure.derived.planned_choice import choosing
from hrkit.disclosure.released import Certainty
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Invited
from hrkit.model.languages import codes
from hrkit.model.told import sensitive_parts
from hrkit.report.planning import told


@pytest.fixture(scope="module")
def engagement(client_folder):
    return engagements.load(client_folder("municipality"))


def inviting(engagement, leaders, hr):
    wave, root = engagement.waves[0].id, engagement.root.id
    rows = (Invited(wave, root, "leader", leaders), Invited(wave, root, "hr", hr))
    return dataclasses.replace(engagement, invited=rows)


def found(engagement, leaders, hr, response=1.0):
    return outlook(inviting(engagement, leaders, hr), engagement.waves[0].id, response)


@pytest.mark.parametrize("language", codes())
def test_the_command_says_what_python_gives(client_folder, language) -> None:
    folder = client_folder("municipality")
    result = CliRunner().invoke(main, ["plan", str(folder), "--language", language])
    assert result.exit_code == 0, result.output
    plan = hrkit.plan(folder, language=language)
    assert result.output.rstrip("\n") == plan.text.rstrip("\n")
    assert [one.response for one in plan.outlooks] == [0.6, 0.75, 0.9, 1.0]
    assert "{" not in plan.text


def test_without_invited_it_asks_for_them(client_folder, tmp_path) -> None:
    folder = tmp_path / "client"
    shutil.copytree(client_folder("municipality"), folder)
    data = yaml.safe_load((folder / "engagement.yml").read_text("utf-8"))
    said = yaml.safe_dump({**data, "invited": []}, allow_unicode=True, sort_keys=False)
    (folder / "engagement.yml").write_text(said, "utf-8")
    result = CliRunner().invoke(main, ["plan", str(folder)])
    assert result.exit_code == 1
    assert "invited" in result.output


def test_a_difference_is_named_from_there_and_not_below(engagement) -> None:
    """The report's own rule, on the printed means."""
    seen = found(engagement, 60, 12).gap
    assert seen is not None and seen.clear is not None
    a, b = (Estimate(3.0, spread(engagement) / n**0.5, n + 3, n) for n in (60, 12))

    instrument = engagement.instrument
    # HR has no score on the chain, so that no difference is drawn there.
    compared = sum(
        all(instrument.counted(section, side) for side in instrument.sides)
        for section in instrument.dimensions
    )
    assert compared == 8

    def said(apart):
        return certainty(a, dataclasses.replace(b, mean=3.0 + apart), compared, clear=True)

    assert said(seen.named) is not Certainty.UNKNOWN
    assert said(round(seen.named - 0.1, 1)) is Certainty.UNKNOWN
    assert said(seen.clear) is Certainty.CLEAR
    assert said(round(seen.clear - 0.1, 1)) is not Certainty.CLEAR


def test_a_true_difference_is_found_in_four_cases_of_five(engagement) -> None:
    seen = found(engagement, 40, 20).gap
    assert seen is not None
    rng = np.random.default_rng(2)
    told = 0
    for _ in range(2000):
        means = [
            round(float(rng.normal(m, 0.8 / n**0.5)), 1)
            for m, n in ((3.03, 40), (3.03 + seen.found, 20))
        ]
        a, b = (Estimate(m, 0.8 / n**0.5, n + 3, n) for m, n in zip(means, (40, 20), strict=True))
        told += certainty(a, b, 8) is not Certainty.UNKNOWN
    assert 0.76 < told / 2000 < 0.93  # the difference is rounded up to a tenth


def test_more_people_see_more(engagement) -> None:
    few, many = found(engagement, 20, 10), found(engagement, 200, 100)
    assert few.gap and many.gap and many.gap.named < few.gap.named
    assert many.changes["leader"].named < few.changes["leader"].named
    assert many.levels[0].half < few.levels[0].half
    assert many.levels[0].most <= few.levels[0].most


def test_thresholds_pools_and_words_are_the_product_s(engagement) -> None:
    assert found(engagement, 40, 4).gap is None
    assert found(engagement, 40, 9).gap.clear is None
    assert found(engagement, 40, 10).gap.clear is not None
    higher = dataclasses.replace(
        engagement, protection=dataclasses.replace(engagement.protection, scores=12)
    )
    assert found(higher, 40, 11).gap is None
    wave = engagement.waves[0].id
    pooled = {one.response: [g.id for g in one.groups] for one in outlooks(engagement, wave)}
    assert "pay" not in pooled[0.6]  # four pay partners would be counted with HR
    assert "pay" in pooled[0.75]


def test_answers_are_rounded_down(engagement) -> None:
    one = found(engagement, 9, 9, 0.6)
    assert {e.n for e in one.expected} == {5}
    assert math.isclose(spread(engagement), 0.8)


# ------------------------------------------------------------------------- what is chosen


def chosen(engagement, leaders, hr, details=10):
    protection = dataclasses.replace(engagement.protection, details=details)
    engagement = dataclasses.replace(inviting(engagement, leaders, hr), protection=protection)
    wave = engagement.waves[0].id
    return choosing(engagement, wave, outlooks(engagement, wave), standing_alone)


def by_group(plan):
    return {one.group: one for one in plan.groups}


def test_a_choice_is_foreseen_by_the_rule_it_is_shown_by(engagement) -> None:
    plan = chosen(engagement, 60, 12)
    assert (plan.exactly, plan.options, plan.details) == (3, 9, 10)
    leaders, hr = (by_group(plan)[side] for side in ("leader", "hr"))
    assert leaders.n == (36, 45, 54, 60)
    assert hr.n == (7, 9, 10, 12)
    # Below ten nothing, at ten mostly something, of a dozen only some options by themselves.
    assert hr.shown[:2] == (0.0, 0.0)
    assert hr.alone[:2] == (None, None)
    assert 0.7 < hr.shown[2] < hr.shown[3] < 1
    assert 3 < hr.alone[3] < 6
    assert leaders.shown == (1.0,) * 4
    assert leaders.alone[-1] > 8.9
    assert plan.whole is not None
    assert 30 < plan.whole < 50


def test_a_higher_threshold_is_foreseen_too(engagement) -> None:
    assert by_group(chosen(engagement, 60, 12, details=13))["hr"].shown[-1] == 0
    assert chosen(engagement, 60, 60, details=80).whole >= 80


def test_what_is_foreseen_is_what_other_people_would_see(engagement) -> None:
    """Twelve people of another's making, who choose as is assumed: counted by the gate's own rule."""
    rng, shown, alone = np.random.default_rng(5), 0, []
    ready = np.linspace(1, 5, 9) / np.linspace(1, 5, 9).sum()
    for _ in range(400):
        ballots = [rng.choice(9, 3, replace=False, p=ready) for _ in range(12)]
        told = picks_told(np.bincount(np.concatenate(ballots), minlength=9).tolist(), 12, 10)
        shown += told.shown
        alone += [len(told.alone)] if told.shown else []
    hr = by_group(chosen(engagement, 60, 12))["hr"]
    assert hr.shown[-1] == pytest.approx(shown / 400, abs=0.07)
    assert hr.alone[-1] == pytest.approx(np.mean(alone), abs=0.4)


def test_where_nothing_is_chosen_the_plan_is_silent_of_it(client_folder) -> None:
    assert hrkit.plan(client_folder("service")).choice is None
    plan = hrkit.plan(client_folder("municipality"), language="en")
    assert plan.choice is not None
    assert f"From {plan.choice.whole} people" in plan.text


@pytest.mark.parametrize("language", codes())
def test_what_is_sensitive_is_said_to_wait_for_more_answers(
    client_folder, tmp_path, language
) -> None:
    folder = tmp_path / "client"
    shutil.copytree(client_folder("municipality"), folder)
    engagement = engagements.load(folder)
    first, *rest = engagement.instrument.sections
    marked = tuple(dataclasses.replace(one, sensitive=20) for one in first.items)
    instrument = dataclasses.replace(
        engagement.instrument, sections=(dataclasses.replace(first, items=marked), *rest)
    )
    words = engagement.words(language)
    (name, n), *_ = sensitive_parts(instrument, language)
    said = words("forms.welcome.groups.sensitive", name=name, n=n)
    wave = engagement.waves[-1].id
    for of, expected in ((instrument, True), (engagement.instrument, False)):
        asked = dataclasses.replace(engagement, instrument=of)
        assert (said in told(asked, wave, outlooks(asked, wave), words)) is expected


def test_what_is_sensitive_is_no_comparison_where_it_has_no_figure(client_folder) -> None:
    """Fewer dimensions with a figure are fewer comparisons, so that the rest is seen sooner."""
    engagement = engagements.load(client_folder("municipality"))
    _first, *rest = engagement.instrument.dimensions
    marked = {
        section.id: dataclasses.replace(
            section, items=tuple(dataclasses.replace(one, sensitive=500) for one in section.items)
        )
        for section in rest
    }
    sections = tuple(marked.get(one.id, one) for one in engagement.instrument.sections)
    instrument = dataclasses.replace(engagement.instrument, sections=sections)
    asked = dataclasses.replace(engagement, instrument=instrument)
    wave = engagement.waves[-1].id
    plain, raised = (outlooks(one, wave)[-1] for one in (engagement, asked))
    assert raised.gap.named < plain.gap.named
    assert raised.units[0].named < plain.units[0].named
    assert raised.changes["leader"].named < plain.changes["leader"].named
    lines = told(asked, wave, (raised,), engagement.words("en"))
    assert f"“{rest[0].name['en']}” (from 500 answers): no figure" in lines
    none = dataclasses.replace(
        asked,
        instrument=dataclasses.replace(
            instrument,
            sections=tuple(
                dataclasses.replace(
                    one, items=tuple(dataclasses.replace(i, sensitive=500) for i in one.items)
                )
                for one in sections
            ),
        ),
    )
    last = outlooks(none, wave)[-1]
    assert last.gap is None and not last.changes and not last.units
