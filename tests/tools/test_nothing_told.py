"""Where a tool tells of nothing, it says of what it cannot tell: its rules look at a part of its figures.

"Nothing stands out" is a sentence about every figure of a chapter, and is untrue where two of them, of
which no rule asks, lie far apart in the table below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from hrkit import kit

#: What would be said of all figures of a page.
ALL = ("nothing stands out", "no single figure", "intet skiller sig ud", "intet enkelt tal", "niets springt",
       "geen enkel cijfer", "no service stands out", "ingen ydelse skiller sig ud", "geen dienst springt",
       "no difference is larger", "ingen forskel er større", "geen enkel verschil is groter")  # fmt: skip
TOOLS = sorted(p.parent.name for p in (kit.templates() / "tools").glob("*/texts.yml"))


def every_text(entry: Mapping[str, Any] | str, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(entry, Mapping):
        for name, below in entry.items():
            yield from every_text(below, f"{key}.{name}")
    else:
        yield key, str(entry)


@pytest.mark.parametrize("tool", TOOLS)
def test_no_tool_says_of_all_its_figures_what_its_rules_ask_of_some(tool: str) -> None:
    texts = yaml.safe_load((kit.templates() / "tools" / tool / "texts.yml").read_text("utf-8"))
    said = dict(every_text(texts))
    assert said
    odd = {key: text for key, text in said.items() if any(one in text.casefold() for one in ALL)}
    assert odd == {}
