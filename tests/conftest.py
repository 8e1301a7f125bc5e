"""What all tests have in common: the made-up clients, built and released once in a process."""

from __future__ import annotations

import dataclasses
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from tests.scripts import benchmark

if TYPE_CHECKING:
    from hrkit.assessment.assessment import Assessment
    from hrkit.blocks import Block
    from tests.warmed import Warmed

# Fixture notebooks are named by behaviour, and some are made to fail.
collect_ignore_glob = ["publish/notebooks/*.ipynb"]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The golden notebook is compared with what it shows by a run of its own, not run twice."""
    golden = collection_path.suffix == ".ipynb" and collection_path.parent.name == "golden"
    return True if golden and not config.getoption("nbval", default=False) else None


@pytest.fixture(scope="session")
def client_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a made-up client; to be read, never to be changed."""
    from hrkit import synthetic

    home = tmp_path_factory.mktemp("clients")

    def get(name: str) -> Path:
        if not (home / name).exists():
            synthetic.build(synthetic.client(name), home / name)
        return home / name

    return get


@pytest.fixture(scope="session")
def client(client_folder: Callable[[str], Path]) -> Callable[[str, str], Assessment]:
    """A made-up client's report in a language; a client is released once, for all languages."""
    from hrkit.assessment.assessment import assess
    from hrkit.disclosure.release import issue
    from hrkit.model import engagement_file as engagements

    made: dict[tuple[str, str], Assessment] = {}

    def get(name: str, language: str) -> Assessment:
        if (name, language) not in made:
            spoken = next((one for known, one in made.items() if known[0] == name), None)
            if spoken is None:
                engagement = engagements.load(client_folder(name))
                released = issue(engagement, engagement.wave().id)
                made[name, language] = assess(
                    engagement.folder, language=language, released=released
                )
            else:
                words = spoken.engagement.words(language)
                context = dataclasses.replace(spoken.context, words=words)
                made[name, language] = dataclasses.replace(spoken, context=context)
        return made[name, language]

    return get


@pytest.fixture(scope="session")
def blocks(client: Callable[[str, str], Assessment]) -> Callable[[str, str], tuple[Block, ...]]:
    """The blocks of a client's report, made once; its charts are blank (see `drawn`)."""
    from tests import quick

    made: dict[tuple[str, str], tuple[Block, ...]] = {}

    def get(name: str, language: str) -> tuple[Block, ...]:
        if (name, language) not in made:
            with quick.undrawn():
                made[name, language] = client(name, language).blocks()
        return made[name, language]

    return get


@pytest.fixture(scope="session")
def drawn(client: Callable[[str, str], Assessment]) -> Callable[[str, str], tuple[Block, ...]]:
    """The blocks of a client's report as they are printed; made once."""
    from hrkit.assessment.assessment import Assessment

    made: dict[tuple[str, str], tuple[Block, ...]] = {}

    def get(name: str, language: str) -> tuple[Block, ...]:
        if (name, language) not in made:
            made[name, language] = Assessment(client(name, language).context).blocks()
        return made[name, language]

    return get


@pytest.fixture(scope="session")
def written(
    blocks: Callable[[str, str], tuple[Block, ...]],
) -> Callable[[str, str, str], bytes]:
    """A client's report as ``html``, ``docx`` or ``pdf``, written once; its charts are blank."""
    from hrkit.publish.html import render_html
    from hrkit.publish.pdf import render_pdf
    from hrkit.publish.word import render_word

    made: dict[tuple[str, str, str], bytes] = {}

    def get(name: str, language: str, kind: str) -> bytes:
        if (name, language, kind) not in made:
            document = blocks(name, language)
            made[name, language, kind] = (
                render_html(document).encode("utf-8")
                if kind == "html"
                else render_word(document)
                if kind == "docx"
                else render_pdf(document)
            )
        return made[name, language, kind]

    return get


@pytest.fixture(scope="session")
def claims() -> ModuleType:
    """``benchmarks/made_up``: made-up organisations in which what is claimed is known."""
    return benchmark("made_up")


@pytest.fixture(scope="session")
def data() -> Path:
    """Folder of real survey data; tests that need it are skipped where it is not given."""
    folder = os.environ.get("HRKIT_TEST_DATA")
    if not folder:
        pytest.skip("HRKIT_TEST_DATA is not set: no real answers to read")
    return Path(folder)


@pytest.fixture(scope="module", autouse=True)
def made_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Made-up clients are built, and what may be shown is decided, once; see `tests.quick`."""
    from tests import quick

    if "disclosure" in request.path.parts:
        yield
    else:
        with quick.made_once():
            yield


@pytest.fixture(scope="session")
def warmed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warmed]:
    """The process from which those of batches are forked; see `tests.warmed`."""
    from tests.warmed import Warmed

    one = Warmed(tmp_path_factory.mktemp("warmed"))
    yield one
    one.close()


@pytest.fixture
def crews_forked(warmed: Warmed) -> Iterator[None]:
    """A batch begins with a process that is forked, not started; see `tests.warmed`."""
    from tests.warmed import crews

    with crews(warmed):
        yield


@pytest.fixture
def undrawn(request: pytest.FixtureRequest) -> Iterator[None]:
    """Charts stay blank, but for a test that is marked ``drawn``; see `tests.quick`."""
    from tests import quick

    if request.node.get_closest_marker("drawn"):
        yield
    else:
        with quick.undrawn():
            yield


@pytest.fixture
def without_kernel() -> Iterator[None]:
    """Reports are made in this process; see `tests.quick`."""
    from tests import quick

    with quick.without_kernel():
        yield


# Jupyter's notary and data are the tests' own: nothing is signed on the machine they run on.
_JUPYTER = tempfile.TemporaryDirectory(prefix="hrkit-tests-jupyter-")
os.environ["JUPYTER_DATA_DIR"] = _JUPYTER.name
