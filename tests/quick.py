"""Tests without what they do not look at: the kernel, the drawing of charts, making the same again.

A kernel takes seconds to start, and half of a report's time is that of its charts.  Where a test reads what a
report says, neither matters; that the kernel shows the same is the subject of tests of its own.

A made-up client is built once in a process, and what may be shown of the same answers is decided once
(`made_once`), but for the tests of `tests/disclosure`, which hold that deciding again gives the same.
"""

from __future__ import annotations

import hashlib
import importlib
import pickle
import pkgutil
import shutil
import sqlite3
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from matplotlib.axes import Axes

from hrkit.assessment.assessment import Assessment
from hrkit.report import charts
from hrkit.report.theme import Theme


def executed(assessment: Assessment) -> dict[str, Any]:
    """The report's notebook as if it had been run: each part's output in a cell."""
    cells = []
    for n, part in enumerate(assessment.context.profile["parts"], 1):
        data, about = assessment.part(part)._repr_mimebundle_()
        output = {"output_type": "execute_result", "metadata": about, "data": data}
        cells.append({"cell_type": "code", "source": "x", "execution_count": n, "metadata": {},
                      "outputs": [output]})  # fmt: skip
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@contextmanager
def without_kernel() -> Iterator[None]:
    """What the notebook would show is made in this process, of the version it is handed."""
    from hrkit.assessment.assessment import assess
    from hrkit.assessment.job import job_of

    def run(
        source: Path, output: Path | None, given: dict[str, Any], *, cwd: Path, **how: Any
    ) -> dict[str, Any]:
        job = job_of(how["variables"])
        assert job is not None
        return executed(assess(cwd, released=job.released, parts=job.parts, **given))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hrkit.publish.notebook.execute", run)
        yield


@contextmanager
def made_once() -> Iterator[None]:
    """The same made-up client, and the same version of the same answers, are made once in a process."""
    from hrkit import synthetic
    from hrkit.disclosure import release

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synthetic, "build", partial(_built, synthetic.build))
        patch.setattr(release, "make", partial(_decided, release.make))
        yield


_HOME = tempfile.TemporaryDirectory(prefix="hrkit-tests-clients-")
_BUILT: dict[str, Path] = {}


def _built(build: Any, client: Any, folder: Path, tools: tuple[str, ...] = ()) -> Any:
    """`hrkit.synthetic.build`: what it wrote first, copied; the same people with the same keys."""
    from hrkit import kit

    if tools or (folder.exists() and any(folder.iterdir())):
        return build(client, folder, tools)
    key = repr((client, kit.templates()))
    if key not in _BUILT:
        build(client, kept := Path(_HOME.name) / str(len(_BUILT)))
        _BUILT[key] = kept
    shutil.copytree(_BUILT[key], folder, dirs_exist_ok=True)
    return at_home(folder)


def at_home(folder: Path) -> Any:
    """The engagement of a copied folder, whose store takes it for the place where it was made."""
    from hrkit.answers.identity import owner_of
    from hrkit.model import engagement_file as engagements

    engagement, path = engagements.load(folder), folder / "answers.sqlite"
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE meta SET place = ?", (owner_of(engagement, path).place,))
    connection.close()
    return engagement


#: Versions that were made in this process, the last ones; a whole one is some hundred kilobytes.
_MADE: OrderedDict[str, Any] = OrderedDict()
_REMEMBERED = 100


def _decided(make: Any, responses: Any, engagement: Any, wave: str, **given: Any) -> Any:
    """`hrkit.disclosure.tables.make`, a pure function.

    What goes into it is compared whole, but for the place where an engagement lies.  Wherever a version is
    asked for again (looked at, then issued; explained; of a copied folder), it is the one that was made.
    """
    key = _digest(responses, engagement, wave, given)
    if key not in _MADE:
        _MADE[key] = make(responses, engagement, wave, **given)
    _MADE.move_to_end(key)
    if len(_MADE) > _REMEMBERED:
        _MADE.popitem(last=False)
    return _MADE[key]


def _digest(responses: Any, engagement: Any, wave: str, given: dict[str, Any]) -> str:
    from hrkit.disclosure.kept.basis import settings_digest

    rest = dict(given)
    if (since := rest.pop("since", None)) is not None:
        then = settings_digest(since.then, look=True)
        rest["since"] = (since.kept, _tables(since.responses), since.content, then, since.links)
    whole = (_tables(responses), settings_digest(engagement, look=True), wave, rest)
    return hashlib.sha256(pickle.dumps(whole)).hexdigest()


def _tables(responses: Any) -> tuple[Any, ...]:
    return tuple(getattr(responses, field.name) for field in fields(responses))


@contextmanager
def undrawn() -> Iterator[None]:
    """Charts are made, in their size and with their alt texts, and stay blank.

    What a chart reckons itself (who is placed where, what is wrapped) is reckoned; matplotlib, which
    takes most of a report's time, is never asked for an artist.
    """
    with pytest.MonkeyPatch.context() as patch:
        for found in pkgutil.iter_modules(charts.__path__, f"{charts.__name__}."):
            module = importlib.import_module(found.name)
            for name, blank in (("canvas", _canvas), ("svg", _svg)):
                if hasattr(module, name):
                    patch.setattr(module, name, blank)
        yield


@contextmanager
def _canvas(theme: Theme, width: float, height: float) -> Iterator[_Figure]:
    yield _Figure(width, height)


def _svg(figure: _Figure) -> str:
    size = f"{72 * figure.get_figwidth():g} {72 * figure.get_figheight():g}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"></svg>'


class _Nothing:
    """Whatever it is asked to do, nothing happens."""

    def __getattr__(self, name: str) -> _Nothing:
        return self

    def __call__(self, *_: Any, **__: Any) -> _Nothing:
        return self


class _Axes:
    """Axes that know their limits and their place, which charts ask for."""

    def __init__(self, figure: _Figure, box: tuple[float, float, float, float]) -> None:
        self.figure, self._box, self._limits = figure, box, (0.0, 1.0)
        self.spines: dict[str, Any] = {}

    def set_xlim(self, low: float, high: float) -> None:
        self._limits = low, high

    def get_xlim(self) -> tuple[float, float]:
        return self._limits

    def get_position(self) -> SimpleNamespace:
        return SimpleNamespace(width=self._box[2], height=self._box[3])

    def __getattr__(self, name: str) -> _Nothing:
        # What matplotlib's own have not is a mistake here too.
        assert hasattr(Axes, name) or name in ("xaxis", "yaxis"), name
        return _Nothing()


class _Figure:
    def __init__(self, width: float, height: float) -> None:
        self._size = width, height

    def add_axes(self, box: tuple[float, float, float, float]) -> _Axes:
        return _Axes(self, box)

    def get_figwidth(self) -> float:
        return self._size[0]

    def get_figheight(self) -> float:
        return self._size[1]
