"""What the first edition of the core instrument was, and stays: who is asked what."""

from __future__ import annotations

from hrkit.model import instrument_file as instruments
from hrkit.model.languages import codes

IT = instruments.load("partnership-1")
DIMENSIONS = (
    "roles", "trust", "presence", "expertise",
    "direction", "leadership", "across", "chain", "renewal",
)  # fmt: skip

#: Who of top management (t), leaders (l), HR partners (h) and pay partners (p) is *not* asked,
#: since it cannot be seen from that chair.
NOT_ASKED = {
    "trust.02": "t",
    "presence.02": "t",
    "presence.05": "t",
    "across.03": "p",
    "across.05": "hp",
    "renewal.02": "l",
    "renewal.05": "p",
    **{f"leadership.0{i}": "p" for i in range(1, 6)},
    **{f"chain.0{i}": "p" for i in (1, 3, 4, 5)},
    "chain.02": "hp",
}
LETTERS = {"top": "t", "leader": "l", "hr": "h", "pay": "p"}
EMPLOYEES = {"leadership.01", "leadership.03", "leadership.04", "across.05"}
NETWORK = {"direction", "across", "chain", "renewal"}
PILLARS = {
    "pillar.objectives": {"renewal.01"},
    "pillar.expertise": {"expertise.01", "expertise.02", "expertise.03", "expertise.04"},
    "pillar.skills": {"leadership.02"},
    "pillar.support": {"trust.03"},
    "pillar.backing": {"roles.04", "roles.05"},
}


def test_nine_dimensions_of_five_statements() -> None:
    assert tuple(section.id for section in IT.dimensions) == DIMENSIONS
    for section in IT.dimensions:
        assert [item.id for item in section.items] == [f"{section.id}.0{i}" for i in range(1, 6)]
        assert all(item.facets == (IT.facets["agree"],) for item in section.items)
        assert section.score_facet == IT.facets["agree"]


def test_two_blocks() -> None:
    blocks = {section.id: section.block for section in IT.dimensions}
    assert [name for name in DIMENSIONS if blocks[name] == "partnership"] == list(DIMENSIONS[:4])
    assert [name for name in DIMENSIONS if blocks[name] == "foundation"] == list(DIMENSIONS[4:])


def test_who_is_not_asked() -> None:
    found = {}
    for section in IT.dimensions:
        for item in section.items:
            missing = "".join(x for name, x in LETTERS.items() if name not in item.ask)
            if missing:
                found[item.id] = missing
    assert found == NOT_ASKED


def test_what_employees_are_asked() -> None:
    scored = {i.id for s in IT.dimensions for i in s.items if "employee" in i.ask}
    assert scored == EMPLOYEES


def test_what_network_leaders_are_asked() -> None:
    assert {s.id for s in IT.dimensions if any("network" in i.ask for i in s.items)} == NETWORK


def test_one_importance_rating_and_one_grid_row_a_dimension() -> None:
    assert IT.has_grid
    for section in IT.dimensions:
        assert section.importance is not None
        assert [level.level for level in section.grid] == [1, 2, 3, 4, 5]
        said = {level.text["en"] for level in section.grid}
        assert len(said) == 5


def test_pillars_are_tagged() -> None:
    tagged: dict[str, set[str]] = {name: set() for name in IT.pillars}
    for item in IT.items.values():
        for tag in item.tags:
            tagged[tag].add(item.id)
    assert tagged == PILLARS


def test_each_dimension_compares_leaders_and_hr() -> None:
    assert IT.sides == ("leader", "hr")
    for section in IT.dimensions:
        common = IT.scored_items(section)
        assert len(common) >= 3
        assert all({"leader", "hr"} <= set(item.ask) for item in common)


def test_each_dimension_has_at_most_two_turned_statements() -> None:
    for section in IT.dimensions:
        assert sum(item.reversed for item in section.items) <= 2
    assert sum(item.reversed for item in IT.items.values()) >= 5


def test_scales_run_from_one_to_five_with_dont_know() -> None:
    for name in ("agreement", "importance"):
        scale = IT.scales[name]
        assert (scale.kind, scale.low, scale.high) == ("rating", 1, 5)
        assert scale.dont_know is not None
        assert set(scale.dont_know) == set(codes())
