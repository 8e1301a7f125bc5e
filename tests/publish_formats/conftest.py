"""Reports of made-up clients, and the sample document, in every format."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrkit import synthetic
from hrkit.assessment.assessment import Assessment, assess
from hrkit.blocks import Block


@pytest.fixture(scope="session")
def sample() -> Callable[..., tuple[Block, ...]]:
    """The sample document with every block, from the tests of `publish`."""
    path = Path(__file__).parents[1] / "publish" / "sample.py"
    spec = importlib.util.spec_from_file_location("sample_document", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.document


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Assessment]:
    """A made-up client's report in a language; built once."""
    home = tmp_path_factory.mktemp("clients")
    made: dict[tuple[str, str], Assessment] = {}

    def get(name: str, language: str) -> Assessment:
        if not (home / name).exists():
            synthetic.build(synthetic.client(name), home / name)
        if (name, language) not in made:
            made[name, language] = assess(home / name, language=language)
        return made[name, language]

    return get


@pytest.fixture(scope="session")
def blocks(client: Callable[[str, str], Assessment]) -> Callable[[str, str], tuple[Block, ...]]:
    """The blocks of a client's report; made once."""
    made: dict[tuple[str, str], tuple[Block, ...]] = {}

    def get(name: str, language: str) -> tuple[Block, ...]:
        if (name, language) not in made:
            made[name, language] = client(name, language).blocks()
        return made[name, language]

    return get


def executed(assessment: Assessment) -> dict[str, Any]:
    """The report's notebook as if it had been run: each part's output in a cell."""
    cells = [
        {
            "cell_type": "code", "source": "x", "execution_count": 1, "metadata": {},
            "outputs": [{
                "output_type": "execute_result", "metadata": {},
                "data": assessment.part(part)._repr_mimebundle_(),
            }],
        }
        for part in assessment.context.profile["parts"]
    ]  # fmt: skip
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
