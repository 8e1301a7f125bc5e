"""Single values of a person's file change; every comment and every blank line stays."""

from __future__ import annotations

import pytest
import yaml

from hrkit.model.yaml_edit import quoted, with_values, without

TEXT = """\
# What this is: a file with words of its own.
id: acme    # short
client: "Acme A/S"   # as printed

units:   # all of them
  - {id: org, name: "Acme A/S"}   # the whole
  - id: north
    name: North   # northern

    # nothing else
report: {profile: full, date: 2026-01-02, paper: a4}  # look
audience:
  # decide it
  en: "All"   # all of us
  da: >
    Alle
    sammen

comments:
  - {id: c1}
  - {id: c2}
# the end
"""


def test_values_are_exchanged_and_comments_stay() -> None:
    made = with_values(
        TEXT,
        {
            ("id",): quoted("beta"),
            ("client",): quoted('B "ø" {x}: # y'),
            ("units", 0, "name"): quoted("Beta"),
            ("units", 1, "name"): quoted("N"),
            ("audience", "en"): '""',
            ("comments",): "[]",
        },
    )
    data = yaml.safe_load(made)
    assert (data["id"], data["client"]) == ("beta", 'B "ø" {x}: # y')
    assert [unit["name"] for unit in data["units"]] == ["Beta", "N"]
    assert (data["audience"]["en"], data["comments"]) == ("", [])
    for comment in ("short", "as printed", "all of them", "the whole", "northern", "nothing else",
                    "look", "decide it", "all of us", "the end", "words of its own"):  # fmt: skip
        assert f"# {comment}" in made or comment in made.split("# What this is")[1]


@pytest.mark.parametrize("key", ["profile", "date", "paper"])
def test_a_key_of_a_flow_mapping_goes_with_its_comma(key: str) -> None:
    data = yaml.safe_load(without(TEXT, [("report", key)]))
    assert set(data["report"]) == {"profile", "date", "paper"} - {key}
    assert {k: v for k, v in data.items() if k != "report"} == {
        k: v for k, v in yaml.safe_load(TEXT).items() if k != "report"
    }


@pytest.mark.parametrize("key", ["id", "client", "units", "report", "audience", "comments"])
def test_a_key_of_a_block_goes_with_its_lines(key: str) -> None:
    data, before = yaml.safe_load(without(TEXT, [(key,)])), yaml.safe_load(TEXT)
    assert data == {k: v for k, v in before.items() if k != key}


def test_what_is_not_there_changes_nothing() -> None:
    assert without(TEXT, [("store",), ("report", "title")]) == TEXT
    assert without("report: {date: 2026-01-02}\n", [("report", "date")]) == "report: {}\n"
    with pytest.raises(KeyError):
        with_values(TEXT, {("store",): "x"})
