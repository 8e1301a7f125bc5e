"""``engagement.yml`` as fields of a page, and back: what a person wrote beside the values stays."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from hrkit.errors import EngagementError, Problem
from hrkit.files import write_all
from hrkit.model.engagement import FILE
from hrkit.model.yaml_edit import (
    quoted,
    with_items,
    with_key,
    with_values,
    without,
    without_items,
)
from hrkit.model.yamlfile import read_yaml
from hrkit.workbook.front.spoken import translated

__all__ = [
    "SettingsFile",
    "changed",
    "place_of",
    "problem_at",
    "read",
    "with_invited",
    "with_list",
    "write",
]

Place: TypeAlias = tuple[str | int, ...]

_MARK = b"\xef\xbb\xbf"
#: Values that are left out where nothing is said: the file's form has no empty one for them.
_LEFT_OUT = {
    ("sector",),
    ("country",),
    ("branding", "primary"),
    ("branding", "accent"),
    ("consultant", "phone"),
    ("duties", "answers_until"),
    ("duties", "reports_until"),
    ("duties", "heard"),
    ("duties", "basis"),
    ("duties", "officer"),
}
_NUMBERS = {("protection", "scores"), ("protection", "details"), ("targets", "default")}
_WHERE = re.compile(rf"{re.escape(FILE)}(?: line \d+)?, (?P<path>\S+)")


_ELSEWHERE = f"{FILE} was changed elsewhere meanwhile; nothing was written. The page shows what stands there now."


@dataclass(frozen=True)
class SettingsFile:
    """The file as it was read: its text without mark and with plain line ends, and what says it was this one."""

    path: Path
    text: str
    data: Mapping[str, Any]
    digest: str
    marked: bool = False
    windows: bool = False

    @property
    def whole(self) -> bool:
        """Whether it stands alone: a part of another engagement or of a portfolio says little itself."""
        return not {"portfolio", "part_of"} & set(self.data)


def read(folder: Path) -> SettingsFile:
    """Read the file of an engagement, whether or not it is ready.

    Raises
    ------
    EngagementError
        If it is no YAML.
    """
    path = folder / FILE
    source = read_yaml(path, FILE)
    if not isinstance(source.data, Mapping):
        raise EngagementError(f"{FILE} cannot be read.", source.problems)
    raw = path.read_bytes()
    text = raw.decode("utf-8-sig")
    return SettingsFile(
        path,
        text.replace("\r\n", "\n"),
        source.data,
        hashlib.sha256(raw).hexdigest(),
        raw.startswith(_MARK),
        "\r\n" in text,
    )


def same(file: SettingsFile, drawn: str) -> None:
    """Refuse to write into a file what was filled in beside another text of it; an empty one is none.

    Raises
    ------
    EngagementError
        If it is another one by now.
    """
    if drawn and file.text != drawn:
        raise EngagementError(_ELSEWHERE)


def write(file: SettingsFile, text: str) -> None:
    """Write the file anew, if nobody else has meanwhile.

    Raises
    ------
    EngagementError
        If it is another one by now.
    """
    if hashlib.sha256(file.path.read_bytes()).hexdigest() != file.digest:
        raise EngagementError(_ELSEWHERE)
    ends = text.replace("\n", "\r\n") if file.windows else text
    write_all({file.path: (_MARK if file.marked else b"") + ends.encode("utf-8")})


def changed(file: SettingsFile, values: Mapping[Place, str]) -> str:
    """The text with single values as they were put in; those that are as they were stay as written.

    Parameters
    ----------
    file
        As it was read.
    values
        Path to what somebody put in; empty where nothing is to be said.
    """
    text = file.text
    for path, value in values.items():
        before = value_at(file.data, path)
        if str(before if before is not None else "") == value:
            continue
        if not value and path in _LEFT_OUT:
            text = without(text, [path])
            continue
        whole = path in _NUMBERS and re.fullmatch(r"\d{1,4}(?:\.\d{1,2})?", value)
        text = with_key(text, path, value if whole else quoted(value))
    return text


def with_list(text: str, key: str, before: Sequence[Any], items: Sequence[tuple[int, str]]) -> str:
    """A list of which some items are new and others gone.

    Parameters
    ----------
    text
        The file.
    key
        The list's.
    before
        Its items as they stand.
    items
        Number of the item that stays, or -1 for a new one with its YAML.
    """
    stays = {number for number, _ in items if number >= 0}
    text = without_items(text, key, [i for i in range(len(before)) if i not in stays])
    return with_items(text, key, [yaml for number, yaml in items if number < 0])


def with_invited(
    file: SettingsFile, text: str, wave: str, people: Mapping[tuple[str, str], int]
) -> str:
    """How many were invited in a wave, by unit and perspective; lines of other waves stay."""
    rows = list(file.data.get("invited") or ())
    changed_: dict[Place, str] = {}
    gone: list[int] = []
    known: set[tuple[str, str]] = set()
    for i, row in enumerate(rows):
        if row.get("wave") != wave:
            continue
        cell = (str(row.get("unit")), str(row.get("perspective")))
        known.add(cell)
        if cell not in people:
            gone.append(i)
        elif row.get("n") != people[cell]:
            changed_["invited", i, "n"] = str(people[cell])
    text = with_values(text, changed_)
    text = without_items(text, "invited", gone)
    new = [
        f"{{wave: {quoted(wave)}, unit: {quoted(unit)}, perspective: {quoted(who)}, n: {n}}}"
        for (unit, who), n in people.items()
        if (unit, who) not in known
    ]
    return with_items(text, "invited", new)


def place_of(where: str) -> Place | None:
    """The place in the file that a problem names; None where it names none.

    >>> place_of("acme/engagement.yml line 12, waves[0].name.da")
    ('waves', 0, 'name', 'da')
    """
    match = _WHERE.search(where)
    if match is None:
        return None
    steps = re.findall(r"[^.\[\]]+", match["path"])
    return tuple(int(step) if step.isdigit() else step for step in steps)


def problem_at(problems: Sequence[Problem], language: str, *paths: Place) -> str:
    """What is wrong with one of these places, or within one of them, in the page's language."""
    found = [
        "; ".join(filter(None, (translated(one.what, language), translated(one.fix, language))))
        for one in problems
        if (place := place_of(one.where)) is not None
        and any(place[: len(path)] == path for path in paths)
    ]
    return " ".join(f"{said[:1].upper()}{said[1:]}." for said in dict.fromkeys(found))


def value_at(data: Any, path: Place) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
