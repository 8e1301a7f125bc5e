"""Reads the case files: one place of a file without fault is replaced, and problems are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).with_name("cases")


def cases(kind: str) -> list[Any]:
    """The cases of ``cases/KIND.yml`` as pytest parameters, named as they are there."""
    listed = yaml.safe_load((HERE / f"{kind}.yml").read_text("utf-8"))
    names = [case["case"] for case in listed]
    assert len(set(names)) == len(names)
    return [
        pytest.param(case["replace"], case["with"], case["says"], id=case["case"])
        for case in listed
    ]


def changed(text: str, replace: str, with_: str) -> str:
    """The text with one place replaced; the place must be there once."""
    assert text.count(replace) == 1, f"the case's place stands {text.count(replace)} times"
    return text.replace(replace, with_)
