"""Reports without what a test does not look at: the kernel, or the drawing of charts.

A kernel takes seconds to start, and a chart half of its time to be drawn.  Where a test reads what a
report says, neither matters; that the kernel shows the same is the subject of tests of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hrkit.assessment.assessment import Assessment


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
        return executed(assess(cwd, released=job.released, **given))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hrkit.publish.notebook.execute", run)
        yield


@contextmanager
def undrawn() -> Iterator[None]:
    """Charts are made, in their size and with their alt texts, and stay blank."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    def blank(self: Any, out: Any, **_: Any) -> None:
        width, height = 72 * self.figure.get_size_inches()
        out.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"></svg>'
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FigureCanvasSVG, "print_svg", blank)
        yield
