"""Real answers for the tests of the measures; they lie beside the project, not in it."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def data() -> Path:
    """Folder of the reference data; tests that need it skip where it is not given."""
    folder = os.environ.get("HRKIT_TEST_DATA")
    if not folder:
        pytest.skip("HRKIT_TEST_DATA is not set: no reference data to compare with")
    return Path(folder)


@pytest.fixture(scope="session")
def bhr2000(data: Path) -> pd.DataFrame:
    return pd.read_csv(data / "bhr2000.csv")
