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
from hrkit.disclosure.derived.frame import Estimate, certainty
from hrkit.disclosure.derived.planned import outlook, outlooks, spread
from hrkit.disclosure.released import Certainty
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Invited
from hrkit.model.languages import codes


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
