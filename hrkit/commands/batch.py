"""Print the report of every engagement in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.report import deliver
from hrkit.portfolio.split import engagements_in

if TYPE_CHECKING:
    pass

__all__ = ["Batch", "batch"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Outcome of each engagement by name."""

    done: tuple[tuple[str, Path], ...]
    failed: tuple[tuple[str, str], ...]
    skipped: tuple[str, ...] = ()


def batch(source: Path, output: Path, *, language: str = "", profile: str = "") -> Batch:
    """Print every engagement folder in ``source`` to ``output``; one failure stops no other.

    Raises
    ------
    EngagementError
        If there is no engagement folder.
    """
    from hrkit.publish.batch.run import Job, run_batch

    places = {place.name: place for place in engagements_in(source)}
    jobs = [Job(name, output / f"{name}.pdf") for name in places]

    def work(job: Job) -> Path:
        return deliver(places[job.name], language=language, profile=profile, output=job.output).pdf

    result = run_batch(jobs, work)
    return Batch(
        tuple((one.name, one.path) for one in result.done),
        tuple((one.name, one.error) for one in result.failed),
        tuple(one.name for one in result.skipped),
    )
