"""``extends``: a client's own items and sections on top of a core that stays what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from hrkit.errors import InstrumentError
from hrkit.kit import templates
from hrkit.model import instrument_file as instruments
from hrkit.model.instrument import Instrument

CORE = instruments.load("partnership")
OWN: dict[str, Any] = {
    "id": "egen",
    "extends": "partnership",
    "version": "1.0.0",
    "languages": ["da"],
    "sections": [
        {"id": "trust", "items": [
            {"id": "trust.own1", "ask": ["leader", "hr"], "text": {"any": {"da": "Vi holder, hvad vi lover."}}},
        ]},
        {"id": "hverdag", "score": False, "name": {"da": "Hverdagen"}, "about": {"da": "Om hverdagen."},
         "facets": ["comment"],
         "items": [{"id": "hverdag.01", "text": {"any": {"da": "Hvad fylder mest?"}}}]},
        {"id": "sikkerhed", "name": {"da": "Sikkerhed"}, "about": {"da": "Om sikkerhed."},
         "facets": ["agree"],
         "items": [{"id": f"sikkerhed.0{i}", "text": {"any": {"da": f"Udsagn {i}."}}} for i in (1, 2, 3)]},
    ],
}  # fmt: skip


def written(tmp_path: Path, **changes: Any) -> Path:
    path = tmp_path / "egen.yml"
    path.write_text(yaml.safe_dump({**OWN, **changes}, allow_unicode=True), "utf-8")
    return path


def load(tmp_path: Path, **changes: Any) -> Instrument:
    return instruments.load(written(tmp_path, **changes))


def test_the_core_stays_and_the_own_is_added(tmp_path: Path) -> None:
    it = load(tmp_path)
    assert it.id == "egen" and it.version == f"{CORE.version}+1.0.0" and it.languages == ("da",)
    assert set(CORE.items) <= set(it.items)
    assert [s.id for s in it.dimensions] == [*(s.id for s in CORE.dimensions), "sikkerhed"]
    assert it.speaks == ("partnership",) and it.has_grid and it.sides == CORE.sides
    assert it.people.marks == CORE.people.marks
    assert set(it.title) == {"da"}


def test_the_cores_score_is_made_of_the_cores_items(tmp_path: Path) -> None:
    trust, core = (next(s for s in x.dimensions if s.id == "trust") for x in (load(tmp_path), CORE))
    it = load(tmp_path)
    assert [i.id for i in it.scored_items(trust)] == [i.id for i in CORE.scored_items(core)]
    assert "trust.own1" in [i.id for i in trust.scored]
    item = {**OWN["sections"][0]["items"][0], "counts": True}
    counted = load(tmp_path, sections=[{"id": "trust", "items": [item]}])
    section = next(s for s in counted.dimensions if s.id == "trust")
    assert "trust.own1" in [i.id for i in counted.scored_items(section)]


def test_the_cores_own_id_may_be_kept(tmp_path: Path) -> None:
    path = tmp_path / "partnership.yml"
    path.write_text(yaml.safe_dump({**OWN, "id": "partnership"}, allow_unicode=True), "utf-8")
    it = instruments.load("partnership", tmp_path)
    assert "sikkerhed.01" in it.items and it.speaks == ("partnership",)


def changed(section: int, **keys: Any) -> list[dict[str, Any]]:
    return [{**s, **keys} if i == section else s for i, s in enumerate(OWN["sections"])]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sections": [{"id": "trust", "items": [{"id": "trust.01", "text": {"any": {"da": "x"}}}]}]},
         "the item trust.01 is one of partnership and stays as it is"),
        ({"sections": changed(0, name={"da": "Tillid!"})}, "trust is a section of partnership"),
        ({"sections": changed(0, score=False)}, "trust is a section of partnership"),
        ({"sections": changed(1, items=[{"id": "x.01", "text": {"any": {"da": "x"}}}])},
         "does not begin with its section's"),
        ({"sections": changed(1, about={"en": "English"})}, "has no text in da"),
        ({"sections": changed(1, facets=["nope"])}, "the facet nope is not there"),
        ({"sections": [{"id": "ny", "items": [{"id": "ny.01", "text": {"any": {"da": "x"}}}]}]},
         "the section ny has no name"),
        ({"sections": [*OWN["sections"], OWN["sections"][1]]}, "stands twice"),
        ({"sections": changed(2, name={"da": CORE.dimensions[0].name["da"]})},
         f"stands twice, first at the dimension {CORE.dimensions[0].id}"),
        ({"scales": {"agreement": {"kind": "text"}}}, "agreement is one of partnership"),
        ({"languages": ["da", "nl"]}, "has no text in nl"),
        ({"extends": "nothing"}, "there is no instrument nothing"),
        ({"extends": "egen"}, "there is no instrument egen"),
        ({"perspectives": {"asked": ["leader"]}}, "asked is not known here"),
        ({"sections": changed(1, items=[{"id": "hverdag.01", "ask": ["king"], "text": {"any": {"da": "x"}}}])},
         "king is no perspective"),
    ],
)  # fmt: skip
def test_a_changed_core_or_half_an_addition_is_refused(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    path = written(tmp_path, **changes)
    found = instruments.check(path)
    assert [p for p in found if says in p.what], [str(p) for p in found]
    with pytest.raises(InstrumentError):
        instruments.load(path)


def test_a_circle_is_refused(tmp_path: Path) -> None:
    for id, base in (("een", "twee"), ("twee", "een")):
        (tmp_path / f"{id}.yml").write_text(
            yaml.safe_dump({**OWN, "id": id, "extends": base}), "utf-8"
        )
    assert [p for p in instruments.check(tmp_path / "een.yml") if "extends itself" in p.what]


def test_a_file_of_ones_own_under_the_kits_id_does_not_borrow_its_words(tmp_path: Path) -> None:
    source = Path(__file__).parents[1] / "cases" / "instruments" / "lq2002.yml"
    path = tmp_path / "partnership.yml"
    path.write_text(source.read_text("utf-8").replace("id: lq2002", "id: partnership"), "utf-8")
    assert instruments.load("partnership", tmp_path).speaks == ()


def test_the_two_schemas_say_the_same_of_what_both_have() -> None:
    schemas = templates() / "schemas"
    core, own = (
        json.loads((schemas / f"{name}.schema.json").read_text("utf-8"))
        for name in ("instrument", "extension")
    )
    own["$defs"]["item"]["properties"].pop("counts")
    for key in ("section", "item"):
        core["$defs"][key].pop("required"), own["$defs"][key].pop("required")
    core["$defs"]["section"].pop("oneOf")  # facets or a choice: what is added to has neither
    assert own["$defs"] == core["$defs"]
    for key in ("scales", "facets", "sources", "sections"):
        assert own["properties"][key] == core["properties"][key]
