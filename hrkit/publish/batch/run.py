"""Many jobs, one after the other: every job gets its own outcome, by name.

One failing job never stops the others, and a file that is there is whole: a job writes to
a temporary name, which becomes the real one when the job is done.
"""

from __future__ import annotations

import dataclasses
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrkit.errors import HrkitError, Problem, PublishError
from hrkit.files import make_folder, of_the_system

__all__ = ["BatchResult", "Done", "Failed", "Job", "run_batch"]


@dataclass(frozen=True, slots=True)
class Job:
    """One document to make: its name, the file to write, the parameters it is made from."""

    name: str
    output: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """A job that wrote its file."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that did not, and what the user is told."""

    name: str
    error: str


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of every job; ``skipped`` had their file already."""

    done: tuple[Done, ...] = ()
    failed: tuple[Failed, ...] = ()
    skipped: tuple[Done, ...] = ()


def run_batch(
    jobs: Iterable[Job], work: Callable[[Job], Path], *, resume: bool = False
) -> BatchResult:
    """Do every job.

    Parameters
    ----------
    jobs
        What to make.  Two jobs may not write the same file.
    work
        Makes one document: writes ``job.output``, here a temporary name, and returns the
        path it wrote; another path is taken as it is.
    resume
        Skip a job whose file is there already, as after a run that was interrupted.

    Raises
    ------
    PublishError
        When two jobs would write the same file; nothing is done then.
    """
    todo = tuple(jobs)
    _refuse_collisions(todo)
    done: list[Done] = []
    failed: list[Failed] = []
    skipped: list[Done] = []
    for job in todo:
        if resume and job.output.exists():
            skipped.append(Done(job.name, job.output))
            continue
        try:
            done.append(Done(job.name, _whole(job, work)))
        except HrkitError as error:
            failed.append(Failed(job.name, str(error)))
        except Exception as error:  # any other error is this job's alone, too
            said = of_the_system(error) or f"{type(error).__name__}: {error}"
            failed.append(Failed(job.name, said))
    return BatchResult(tuple(done), tuple(failed), tuple(skipped))


def _whole(job: Job, work: Callable[[Job], Path]) -> Path:
    """The job's file, complete or not at all; a job that writes whole files itself names its own."""
    make_folder(job.output.parent)
    # A folder of its own: nobody can have put a link where the file is written.
    with tempfile.TemporaryDirectory(dir=job.output.parent, prefix=".hrkit-") as own:
        temporary = Path(own) / job.output.name
        written = work(dataclasses.replace(job, output=temporary))
        if not written.is_file():
            raise PublishError(f"{job.name}: nothing was written to {written.name}")
        if written != temporary:
            return written
        os.replace(written, job.output)
    return job.output


def _refuse_collisions(jobs: tuple[Job, ...]) -> None:
    # On some systems Report.pdf and report.pdf are one file; so they are treated everywhere.
    counts = Counter(str(job.output.absolute()).casefold() for job in jobs)
    problems = [
        Problem(job.name, f"writes {job.output}, as another job does", "give each job its own file")
        for job in jobs
        if counts[str(job.output.absolute()).casefold()] > 1
    ]
    if problems:
        raise PublishError("two jobs would write the same file", problems)
