from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hrkit.blocks import Block
from hrkit.publish.pdf import render_pdf

from .sample import document


@pytest.fixture(scope="session")
def notebooks() -> Path:
    return Path(__file__).with_name("notebooks")


@pytest.fixture(scope="session")
def sample() -> Callable[..., tuple[Block, ...]]:
    """The sample document with every block."""
    return document


@pytest.fixture(scope="session")
def pdfs() -> dict[str, bytes]:
    """The sample in the three languages, and once on other paper in light colours."""
    made = {language: render_pdf(document(language)) for language in ("da", "nl", "en")}
    made["letter"] = render_pdf(
        document("en", paper="us-letter", primary="#f2c94c", accent="#2d9cdb", client="C" * 60)
    )
    return made
