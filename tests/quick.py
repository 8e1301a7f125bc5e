"""Reports without what a test does not look at: the kernel, or the drawing of charts.

A kernel takes seconds to start, and half of a report's time is that of its charts.  Where a test reads what a
report says, neither matters; that the kernel shows the same is the subject of tests of its own.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
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
