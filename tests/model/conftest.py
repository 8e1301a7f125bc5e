"""Files for the tests of what is asked, of whom, in which words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

CASES = Path(__file__).with_name("cases")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes text (or bytes) into a file of the test's own folder."""

    def write_file(content: str | bytes, name: str = "file.yml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode("utf-8") if isinstance(content, str) else content
        path.write_bytes(data)
        return path

    return write_file


@pytest.fixture
def instrument_text() -> str:
    """The small instrument without fault."""
    return (CASES / "instrument-base.yml").read_text("utf-8")


@pytest.fixture
def engagement_text() -> str:
    """The small engagement without fault."""
    return (CASES / "engagement-base.yml").read_text("utf-8")


@pytest.fixture
def folder(write: Callable[..., Path], instrument_text: str, engagement_text: str) -> Path:
    """A folder named ``case`` that holds the small engagement with all it needs."""
    write(instrument_text, "case/small.yml")
    write("<svg xmlns='http://www.w3.org/2000/svg'/>", "case/logo.svg")
    write("GIF89a", "case/logo.gif")
    return write(engagement_text, "case/engagement.yml").parent
