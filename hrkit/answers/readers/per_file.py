"""A mapping for several files, a form for each role: what is the same stands once, the rest under each file's name.

::

    values: {"*": {"Agree": "4"}}
    files:
      "leaders.xlsx": {perspective: {value: leader}, answers: {"I trust my HR partner": trust.01}}
      "hr.xlsx": {perspective: {value: hr}, answers: {"The leaders trust me": trust.01}}

What stands under a file's name counts before what stands above.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from hrkit.errors import Problem
from hrkit.model.yamlfile import Source
from hrkit.text import normal, shown

__all__ = ["FILES", "as_one_mapping", "of_each_file"]

FILES = "files"
#: What a file's own part adds to, key by key; anything else it says takes the place of what stands above.
_ADDED = ("answers", "values", "labels", "keep", "drop")


def of_each_file(source: Source, file: str = "") -> tuple[list[Source], list[Problem]]:
    """The mapping as it holds for one of its files, or for each, and what is wrong with that part of it.

    Parameters
    ----------
    source
        The mapping as read.
    file
        The file's name; every one that it names if empty.
    """
    if not isinstance(source.data, dict) or FILES not in source.data:
        return [source], []
    parts = source.data[FILES]
    if (
        not isinstance(parts, dict)
        or not parts
        or not all(isinstance(one, dict) for one in parts.values())
    ):
        what = "does not say, by the name of each file, what holds for it"
        return [], [
            Problem(
                source.where((FILES,)),
                what,
                "under files: write each file's name, and under it what holds for it",
            )
        ]
    meant = [name for name in parts if not file or normal(name) == normal(file)]
    if not meant:
        what = f"says nothing of {shown(file)}"
        named = ", ".join(shown(name) for name in parts)
        return [], [Problem(source.where((FILES,)), what, f"it names {named}: call the file so")]
    return [_merged(source, name) for name in meant], []


def _merged(source: Source, name: str) -> Source:
    above = {key: value for key, value in source.data.items() if key != FILES}
    own = source.data[FILES][name]
    both = {
        key: {**above[key], **own[key]}
        for key in _ADDED
        if isinstance(above.get(key), dict) and isinstance(own.get(key), dict)
    }
    place = (FILES, name)
    lines = {path: line for path, line in source.lines.items() if path[:1] != (FILES,)}
    lines |= {path[2:]: line for path, line in source.lines.items() if path[:2] == place}
    return replace(source, data={**above, **own, **both}, lines=lines)


def as_one_mapping(drafts: Mapping[str, str]) -> str:
    """The drafts of several files as one mapping.

    Parameters
    ----------
    drafts
        File's name to the YAML that was drafted for it.
    """
    blocks = {name: list(_blocks(text)) for name, text in drafts.items()}
    first, *others = blocks.values()
    same = [
        one for one in first if not one.startswith(_UNKNOWN) and all(one in rest for rest in others)
    ]
    unknown = [one for rest in blocks.values() for one in rest if one.startswith(_UNKNOWN)]
    lines = ["".join(same), _unknown(unknown), f"{FILES}:\n"]
    for name, own in blocks.items():
        lines.append(f"  {_quoted(name)}:\n")
        left = (one for one in own if one not in same and not one.startswith(_UNKNOWN))
        lines += [re.sub(r"^(?=.)", "    ", one, flags=re.MULTILINE) for one in left]
    return "".join(lines)


#: How a draft begins what no scale has.
_UNKNOWN = "# answers that no scale has"


def _unknown(blocks: Iterable[str]) -> str:
    """Answers that no scale has, of all files: each once, above them, where what is said holds for all."""
    found: dict[str, str] = {}
    for block in blocks:
        for line in block.splitlines(keepends=True):
            found.setdefault(line.partition("  # in ")[0], line)
    return "".join(found.values())


def _blocks(text: str) -> Iterable[str]:
    """What a draft says of one thing: a line, and those that belong to it."""
    block = ""
    for line in text.splitlines(keepends=True):
        goes_on = line.startswith((" ", "\t")) or (line.startswith("#") and block.startswith("#"))
        if block and not goes_on:
            yield block
            block = ""
        block += line
    if block:
        yield block


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
