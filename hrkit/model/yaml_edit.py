"""Change single values of a YAML file and leave everything else as it was written, comments too.

A file that a person wrote with care is not printed anew from data: only the words from where a
value begins to where it ends are put in its place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["quoted", "with_values", "without"]

Path = tuple[str | int, ...]


def quoted(text: str) -> str:
    """Text as one YAML value, whatever it holds: a JSON string is a YAML string."""
    return json.dumps(text, ensure_ascii=False)


def with_values(text: str, values: Mapping[Path, str]) -> str:
    """The file with some values written otherwise.

    Parameters
    ----------
    text
        A YAML file.
    values
        Path in the data (``("waves", 0, "id")``) to the YAML that stands there from now on, on
        one line.

    Raises
    ------
    KeyError
        If the file has no such place.
    """
    spans = _spans(text)
    for path in sorted(values, key=lambda one: spans[one][1][0], reverse=True):
        start, end = spans[path][1]
        text = f"{text[:start]}{values[path]}{text[end:]}"
    return text


def without(text: str, path: Path) -> str:
    """The file without one key of a mapping in block style, its value and the lines they stand on."""
    spans = _spans(text)
    if path not in spans:
        return text
    (start, _), (_, end) = spans[path]
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", max(start, end - 1))
    return text[:begin] + ("" if stop < 0 else text[stop + 1 :])


def _spans(text: str) -> dict[Path, tuple[tuple[int, int], tuple[int, int]]]:
    """Path to where its key and its value begin and end."""
    import yaml

    found: dict[Path, tuple[tuple[int, int], tuple[int, int]]] = {}

    def end_of(node: Any) -> int:
        # A block ends for YAML where the next token begins: what lies between are comments.
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return end_of(last[1] if isinstance(last, tuple) else last)
        return int(node.end_mark.index)

    def walk(node: Any, path: Path, key: Any) -> None:
        begin = (key.start_mark.index, key.end_mark.index) if key else (0, 0)
        found[path] = (begin, (node.start_mark.index, end_of(node)))
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                walk(value, (*path, str(name.value)), name)
        elif isinstance(node, yaml.SequenceNode):
            for i, value in enumerate(node.value):
                walk(value, (*path, i), value)

    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is not None:
        walk(node, (), None)
    return found
