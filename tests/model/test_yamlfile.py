"""YAML as data files need it: nothing is turned into something else, and problems have lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hrkit.model.schema import schema_problems
from hrkit.model.yamlfile import MAX_BYTES, MAX_VALUES, Source, read_yaml


def told(source: Source) -> list[str]:
    return [str(problem) for problem in source.problems]


@pytest.mark.parametrize(
    ("written", "means"),
    [
        # what YAML 1.1 would turn into something else
        ("2026-11-21", "2026-11-21"),
        ("2026-11-21T10:00:00Z", "2026-11-21T10:00:00Z"),
        ("12:30", "12:30"),
        ("007", "007"),
        ("-007", "-007"),
        ("00", "00"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("0o17", "0o17"),
        ("1.0.0", "1.0.0"),
        ("+4512345678", "+4512345678"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("--5", "--5"),
        (".", "."),
        ("٣", "٣"),
        ("9" * 5000, "9" * 5000),
        ("1." + "3" * 5000, "1." + "3" * 5000),
        ("=1+1", "=1+1"),
        ("!!bool x", "x"),
        # numbers
        ("0", 0),
        ("-0", 0),
        ("42", 42),
        ("-3", -3),
        ("3.5", 3.5),
        ("-0.5", -0.5),
        (".5", 0.5),
        # nothing
        ("", None),
        ("~", None),
        ("null", None),
        # truth values
        ("true", True),
        ("False", False),
        # quotes settle it
        ('"no"', "no"),
        ("'on'", "on"),
        ('"true"', "true"),
        ('"7"', "7"),
        ('""', ""),
        ('"~"', "~"),
    ],
)  # fmt: skip
def test_value(write: Any, written: str, means: object) -> None:
    source = read_yaml(write(f"a: {written}\n"))
    assert told(source) == []
    assert source.data == {"a": means}
    assert type(source.data["a"]) is type(means)


@pytest.mark.parametrize("word", ["yes", "No", "ON", "off", "y", "N"])
def test_a_word_that_reads_as_yes_or_no_must_stand_in_quotes(write: Any, word: str) -> None:
    source = read_yaml(write(f"first: 1\nlabels:\n  - {word}\n"), "small.yml")
    assert told(source) == [
        f"small.yml line 3, labels[0]: {word} reads as yes/no in YAML where text may be meant; "
        f'write "{word}" in quotes, or true/false for a truth value'
    ]
    assert source.data["labels"] == [word]  # never a truth value, whatever happens next


@pytest.mark.parametrize("key", ["yes", "No", "on", "OFF"])
def test_a_key_that_reads_as_yes_or_no_must_stand_in_quotes(write: Any, key: str) -> None:
    source = read_yaml(write(f"a:\n  {key}: 1\n"), "small.yml")
    assert told(source) == [
        f'small.yml line 2, a.{key}: the key {key} reads as yes/no in YAML; write "{key}" in quotes'
    ]
    assert told(read_yaml(write(f'a:\n  "{key}": 1\n'))) == []


@pytest.mark.parametrize("key", ["n", "y", "true", "1", "2026-11-21", "~"])
def test_other_keys_are_text(write: Any, key: str) -> None:
    source = read_yaml(write(f"{key}: 40\n"))
    assert told(source) == []
    assert source.data == {key: 40}


def test_a_key_that_stands_twice(write: Any) -> None:
    source = read_yaml(write("a: 1\nb: 2\na: 3\n"), "small.yml")
    assert told(source) == ["small.yml line 3, a: the key 'a' stands twice; keep one of them"]
    assert source.data == {"a": 1, "b": 2}


@pytest.mark.parametrize("text", ["? [a, b]\n: 1\n", "? {a: b}\n: 1\n", "{{client}}: 1\n"])
def test_a_key_that_is_no_text(write: Any, text: str) -> None:
    assert told(read_yaml(write(text), "small.yml")) == [
        "small.yml line 1, ?: a list or a set of keys stands where a key is meant; put it in quotes"
    ]


@pytest.mark.parametrize("text", ["a: &a [*a]\n", "a: &a\n  b: *a\n", "&a\n- *a\n"])
def test_an_alias_that_contains_itself(write: Any, text: str) -> None:
    (problem,) = read_yaml(write(text)).problems
    assert problem.what == "an alias that contains itself"


def test_an_alias_is_written_out(write: Any) -> None:
    source = read_yaml(write("a: &a {x: [1, 2]}\nb: *a\nc: *a\n"))
    assert told(source) == []
    assert source.data["b"] == source.data["c"] == {"x": [1, 2]}
    assert source.data["b"] is not source.data["c"]


def test_few_aliases_cannot_make_gigabytes_of_text(write: Any) -> None:
    text = "a: &a '" + "x" * 100_000 + "'\nb: [" + ",".join(["*a"] * 60_000) + "]\n"
    source = read_yaml(write(text, "small.yml"))
    assert source.data is None
    assert told(source) == [
        f"small.yml: holds more than {MAX_BYTES} characters of text; use fewer aliases"
    ]
    keys = "? &k '" + "x" * 100_000 + "'\n: [" + ",".join(["{*k : 1}"] * 1_000) + "]\n"
    assert "characters of text" in told(read_yaml(write(keys)))[0]


def test_few_aliases_cannot_make_a_billion_values(write: Any) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    source = read_yaml(write("\n".join(lines)), "small.yml")
    assert source.data is None
    assert told(source) == [f"small.yml: holds more than {MAX_VALUES} values; use fewer aliases"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfea\x00", "is not UTF-8 (byte 0); save it as UTF-8"),
        ("a: Århus".encode("cp1252"), "is not UTF-8 (byte 3); save it as UTF-8"),
        (b"a: \x07", "control characters are not allowed"),
        (b"a: [b\nc", "line 3, column 1: is not YAML"),
        (b"a: b: c", "line 1, column 5: is not YAML"),
        (b"a: 1\n\tb: 2", "line 2"),
        (b"--- a\n--- b", "found another document"),
        (b"a: *nobody", "undefined alias"),
        (b"[" * 200_000 + b"]" * 200_000, "nested too deeply"),
    ],
)
def test_what_is_no_yaml_is_one_problem(write: Any, content: bytes, says: str) -> None:
    source = read_yaml(write(content), "small.yml")
    assert source.data is None
    (problem,) = told(source)
    assert problem.startswith("small.yml")
    assert says in problem


def test_too_large_is_not_read(write: Any) -> None:
    path = write(b"#" * (MAX_BYTES + 1))
    assert told(read_yaml(path)) == ["file.yml: is larger than 8 MB; give a smaller file"]


@pytest.mark.parametrize("content", ["", "\n\n", "# nothing\n", "---\n"])
def test_an_empty_file_has_no_data(write: Any, content: str) -> None:
    assert not read_yaml(write(content)).data


def test_what_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.yml", Path("a\0b.yml")):
        source = read_yaml(path)
        assert source.data is None
        assert len(source.problems) == 1
        assert source.problems[0].fix == "check the path"


def test_a_byte_order_mark_is_no_part_of_the_first_key(write: Any) -> None:
    assert read_yaml(write(b"\xef\xbb\xbfhrkit: 1\n")).data == {"hrkit": 1}


def test_windows_line_ends_change_nothing(write: Any) -> None:
    source = read_yaml(write("a: 1\r\nb:\r\n  - x\r\n  - No\r\n"), "small.yml")
    assert source.data == {"a": 1, "b": ["x", "No"]}
    assert told(source)[0].startswith("small.yml line 4, b[1]: ")


def test_where(write: Any) -> None:
    source = read_yaml(
        write("a:\n  b:\n    - c: 1\n    - c: 2\nd: |\n  long\n  text\n"), "small.yml"
    )
    assert source.where(("a", "b", 1, "c")) == "small.yml line 4, a.b[1].c"
    assert source.where(("a", "b")) == "small.yml line 2, a.b"
    assert source.where(("d",)) == "small.yml line 5, d"
    # what is missing is told where it would stand
    assert source.where(("a", "b", 0, "x")) == "small.yml line 3, a.b[0].x"
    assert source.where(()) == "small.yml line 1"


def test_problems_of_a_schema_come_in_the_order_of_the_file(write: Any) -> None:
    source = read_yaml(
        write("hrkit: 1\nid: 7\nclient: No\nwaves: {}\nunits:\nlanguage: de\n"), "e.yml"
    )
    assert [str(problem) for problem in schema_problems(source, "engagement")] == [
        "e.yml line 1: consultant, instrument are missing; add it",
        'e.yml line 2, id: 7 is a number where text is meant; write "7" in quotes',
        "e.yml line 4, waves: {} is not a list; correct it",
        "e.yml line 5, units: is empty; fill it in or leave it out",
        'e.yml line 6, language: "de" is not one of the allowed values; use one of en, da, nl',
    ]


def test_a_long_value_is_not_repeated_in_full(write: Any) -> None:
    source = read_yaml(write(f"client: {'x' * 5000}\n"))
    assert all(len(str(problem)) < 300 for problem in schema_problems(source, "engagement"))


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("area", '"area" is not a set of keys; write it with its keys, of {value: …, column: …, '
                 "columns: …, values: …, other: …}"),
        ("{value: org, column: area}", "value and column exclude each other; keep one of them"),
        ("{values: {a: b}}", "neither value, column nor columns is there; write one of them"),
    ],
)  # fmt: skip
def test_keys_that_go_together_are_said_once(write: Any, unit: str, said: str) -> None:
    text = f"instrument: x\nperspective: {{value: leader}}\nanswers: {{a: b}}\nunit: {unit}\n"
    (problem,) = schema_problems(read_yaml(write(text)), "mapping")
    assert str(problem).endswith(f"line 4, unit: {said}")


@pytest.mark.parametrize("schema", ["instrument", "engagement", "mapping"])
@pytest.mark.parametrize("text", ["- a\n", "word\n", "7\n", "true\n"])
def test_a_file_of_another_shape_is_told(write: Any, schema: str, text: str) -> None:
    (problem,) = schema_problems(read_yaml(write(text)), schema)
    assert "is not a set of keys" in problem.what
