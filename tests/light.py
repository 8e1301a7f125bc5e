"""Loaded by pytest before anything else (``-p tests.light``): what makes every worker cheaper.

The notebook plugin imports jsonschema, which compiles dozens of grammars that nobody here asks for:
two seconds of processor time in every worker.  The product does without them, too.  And linear
algebra in several threads only makes workers wait for each other: there is one worker a core.

``--doctest-modules`` imports every module and looks at every object in it; nineteen of twenty have no
example, which their text tells at once (`tests/test_imports.py` imports all of them, in one worker).
What was collected lives to the end: Python need not look through it for garbage again and again.
"""

import gc
import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from _pytest.doctest import DoctestModule

from hrkit.model.schema import light_jsonschema

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
light_jsonschema()

#: Of ten thousand objects, not of seven hundred, is it worth while to look for those that are left over.
_YOUNG = 10_000


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path) -> Generator[None, Any, Any]:
    """Modules without an example in them are no doctests."""
    found = yield
    if any(isinstance(one, DoctestModule) for one in found) and not _has_examples(file_path):
        return [one for one in found if not isinstance(one, DoctestModule)]
    return found


def _has_examples(path: Path) -> bool:
    return b">>>" in path.read_bytes()


#: What takes longest begins first: a file that comes last keeps one worker busy while the others wait.
#: By processor time (`tests/cost.py`); whatever is not named comes in the order of its name.
FIRST = (
    "disclosure/test_delivery_attack.py",
    "cli/test_batch.py",
    "workbook/test_panel_browser.py",
    "real/test_lq2002.py",
    "cli/test_cluster.py",
    "assessment/test_delivered_numbers.py",
    "room/test_meeting_screens.py",
    "workbook/test_front_browser.py",
    "room/test_screens.py",
    "answers/test_server.py",
    "real/test_thin_answers.py",
    "real/test_bhr2000.py",
    "cli/test_print.py",
    "report/test_general.py",
    "answers/test_formats.py",
    "disclosure/test_race.py",
    "cli/test_living.py",
    "forms/test_browser.py",
    "cli/test_whose.py",
    "test_simulate.py",
    "room/test_phone.py",
    "test_fourth_language.py",
)


def pytest_configure(config: pytest.Config) -> None:
    """Files are handed to the workers as they are ordered here, not by how many tests they have."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The dearest files first, all others as they were."""
    tests = Path(__file__).parent
    place = {tests / name: number for number, name in enumerate(FIRST)}
    items.sort(key=lambda item: place.get(item.path, len(FIRST)))


def pytest_collection() -> None:
    """While tests are collected nothing is thrown away."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is there now stays."""
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)
    gc.enable()
