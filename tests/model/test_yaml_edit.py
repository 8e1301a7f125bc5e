"""Single values of a person's file change; every comment and every blank line stays."""

from __future__ import annotations

import pytest
import yaml

from hrkit.model.yaml_edit import quoted, with_items, with_key, with_values, without, without_items

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


def test_a_block_of_text_and_a_value_left_out_can_be_written_anew() -> None:
    made = with_values(TEXT, {("audience", "da"): quoted("Alle\nsammen")})
    assert yaml.safe_load(made)["audience"]["da"] == "Alle\nsammen"
    assert yaml.safe_load(made)["comments"] == [{"id": "c1"}, {"id": "c2"}]
    assert yaml.safe_load(with_items("a: 1\nlist:\nb: 2\n", "list", ['"x"']))["list"] == ["x"]
    assert yaml.safe_load(with_values("a:\nb: 2\n", {("a",): "3"}))["a"] == 3


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("store",), "new"),
        (("report", "title"), "new"),
        (("audience", "nl"), "new"),
        (("units", 0, "parent"), "new"),
        (("units", 1, "parent"), "new"),
        (("branding", "logo"), "new"),
        (("units", 1, "names", "w1"), "new"),
        (("client",), "new"),
    ],
)
def test_a_key_is_written_where_its_mapping_is(path: tuple[str | int, ...], value: str) -> None:
    made = with_key(TEXT, path, quoted(value))
    at, before = yaml.safe_load(made), yaml.safe_load(TEXT)
    for step in path:
        at = at[step]
    assert at == value
    # Whatever else stood there stands there, and so does every comment.
    assert yaml.safe_load(without(made, [path])).keys() >= before.keys() - {path[0]}
    for line in TEXT.splitlines():
        if "#" in line:
            assert line.partition("#")[2] in made


@pytest.mark.parametrize(
    "text", [TEXT, TEXT.replace("  - {id: c1}\n  - {id: c2}", "  [{id: c1}, {id: c2}]")]
)
@pytest.mark.parametrize("gone", [[0], [1], [0, 1]])
def test_items_go_and_the_others_stay(text: str, gone: list[int]) -> None:
    data = yaml.safe_load(without_items(text, "comments", gone))
    assert data["comments"] == [{"id": f"c{i + 1}"} for i in range(2) if i not in gone]
    fewer = without_items(TEXT, "units", [1])
    assert [unit["id"] for unit in yaml.safe_load(fewer)["units"]] == ["org"]
    assert "# the whole" in fewer and "# look" in fewer
    assert yaml.safe_load(with_key("# nothing yet\n", ("a", "b"), "1")) == {"a": {"b": 1}}
    assert yaml.safe_load(with_key("", ("a",), "1")) == {"a": 1}


FLUSH = """\
"client": "Acme"
"units":
- "id": "org"
  "tags":
  - "a"
  - "b"
"comments":
- "id": "c1"
- "id": "c2"
"""


def test_a_list_right_below_its_key_is_written_otherwise_and_stays_yaml() -> None:
    """So a program writes it that prints data as YAML: the demo's own file, among others."""
    data = yaml.safe_load(FLUSH)
    assert yaml.safe_load(without_items(FLUSH, "comments", [0, 1])) == data | {"comments": []}
    assert yaml.safe_load(without_items(FLUSH, "comments", [0]))["comments"] == [{"id": "c2"}]
    assert yaml.safe_load(without_items(FLUSH, "units", [0])) == data | {"units": []}
    made = yaml.safe_load(with_values(FLUSH, {("units", 0, "tags"): "[]", ("comments",): "[x]"}))
    assert made["units"] == [{"id": "org", "tags": []}] and made["comments"] == ["x"]
    assert (
        yaml.safe_load(with_key(FLUSH, ("units", 0, "tags"), '"none"'))["units"][0]["tags"]
        == "none"
    )
    assert len(yaml.safe_load(with_items(FLUSH, "comments", ["{id: c3}"]))["comments"]) == 3
