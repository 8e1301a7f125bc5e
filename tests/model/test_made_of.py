"""A facet that is made of others: asked of nobody, and only where the scales go together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from hrkit.kit import templates
from hrkit.model import instrument_file as instruments
from hrkit.model.instrument import Instrument

LIST = instruments.load("competencies")


def problems(tmp_path: Path, facet: dict[str, Any], **scales: Any) -> str:
    """What is wrong with the competencies when the facet that is made reads so."""
    file = templates() / "tools" / "competencies" / "competencies.yml"
    data = yaml.safe_load(file.read_text("utf-8"))
    data["facets"]["balance"] |= facet
    data["scales"] |= scales
    path = tmp_path / "own.yml"
    path.write_text(yaml.safe_dump(data | {"id": "own"}, allow_unicode=True), "utf-8")
    return "\n".join(f"{one.what}; {one.fix}" for one in instruments.check(path))


def test_the_kits_own_is_sound(tmp_path: Path) -> None:
    assert problems(tmp_path, {}) == ""


@pytest.mark.parametrize(
    ("facet", "said"),
    [
        ({"made_of": ["importance", "weight"]}, "not ratings of the same values"),
        ({"made_of": ["importance"]}, "does not tell lowest, more"),
        ({"scale": "importance", "release": "means"}, "does not tell below, same, above"),
    ],
)
def test_what_does_not_go_together_is_said(
    tmp_path: Path, facet: dict[str, Any], said: str
) -> None:
    assert said in problems(tmp_path, facet)


def test_what_is_made_of_two_wants_one_scale_of_both(tmp_path: Path) -> None:
    text = dict.fromkeys(LIST.languages, "x")
    short = {"kind": "rating", "values": [{"value": i, "label": text} for i in (1, 2, 3)]}
    file = templates() / "tools" / "competencies" / "competencies.yml"
    data = yaml.safe_load(file.read_text("utf-8"))
    data["scales"]["strength"] = short
    path = tmp_path / "own.yml"
    path.write_text(yaml.safe_dump(data | {"id": "own"}, allow_unicode=True), "utf-8")
    assert any("not ratings of the same values" in one.what for one in instruments.check(path))


@pytest.mark.parametrize("id", ["competencies", "network-leader"])
def test_it_is_measured_and_in_no_form_template_or_key(id: str) -> None:
    found: Instrument = instruments.load(id)
    made = set(found.measured) - set(found.keys)
    assert made and all(":" in key for key in made)
    asked = {q.facet.id for name in found.perspectives for q in found.questions(name)}
    assert not asked & {found.measured[key].facet.id for key in made}
