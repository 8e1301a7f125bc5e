"""Make the reports of every engagement in a folder: apart from each other, at once, and resumable.

What flows: this process holds names and places only.  For each organisation one process measures and
issues (`hrkit.commands.batch_steps.issue`) and leaves a file of released tables; for each document
another makes the files from that (``make``).  Here they are looked at, put in their place and written
into the manifest, so that a run that was stopped goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.commands.batch_asked import BatchAsked
from hrkit.commands.batch_run import BatchRun
from hrkit.commands.making import PLACE, formats_of
from hrkit.commands.outcomes import Batch, Outcome, write_outcomes, write_zips
from hrkit.errors import HrkitError, Problem
from hrkit.files import make_folder, private_folder
from hrkit.portfolio.split import engagements_in
from hrkit.text import nearest, normal, shown

if TYPE_CHECKING:
    from hrkit.publish.batch.crew import Crew
    from hrkit.publish.batch.manifest import MadeDocument

__all__ = ["batch"]

_STAGING = ".hrkit-batch-"


def batch(
    source: str | Path,
    output: str | Path,
    *,
    wave: str = "",
    language: str | Sequence[str] = "",
    profile: str | Sequence[str] = "",
    also: str | Sequence[str] = (),
    sheets: bool = False,
    only: Sequence[str] = (),
    failed: bool = False,
    workers: int = 0,
    timeout: float | None = 600,
    dry_run: bool = False,
    zip: bool = False,
    benchmark: bool = False,
    overwrite: bool = False,
    trust: bool = False,
    dask: str = "",
    jobs: str | Path = "",
    fork: bool | None = None,
    told: Callable[[Outcome, int, int], None] | None = None,
) -> Batch:
    """Make the reports of every engagement folder in ``source``; one failure stops no other.

    Done again, only what changed is made: a document whose answers, settings, texts and kit are the
    same and whose files are as they were made is passed over.

    Parameters
    ----------
    source
        Folder of engagement folders.
    output
        Folder for the files, or a URL that fsspec knows (``s3://bucket/reports``); each carries client,
        wave, language and profile in its name.
    wave
        Id of a wave; each engagement's latest if empty.
    language, profile
        One, several with commas or in a list; each engagement's own if empty.
    also
        Formats beside the PDF, as in `hrkit.commands.report.report`.
    sheets
        A sheet for every unit that has figures, too.
    only
        Organisations, by folder or client; all if empty.
    failed
        Only organisations of which something failed, or was not done, in the run before.
    workers
        Processes at once; one a processor if 0.
    timeout
        Seconds one document may take; None for no limit.
    dry_run
        Say what would be made, and what stands in the way; issue and write nothing.
    zip
        One zip a client, with all that was made for it.
    benchmark
        Each report with a page on the client's place among the portfolio's other organisations, as in
        `hrkit.commands.benchmark.benchmark`; without one where they are too few.  The profile that is
        this page alone asks for it, too.
    overwrite, trust
        What may be replaced, and whose notebooks run: as in `hrkit.commands.report.report`.
    dask
        Address of a Dask scheduler whose workers make the documents; measuring and issuing stays here.
    jobs
        Folder or URL where a job is left for each document: for the workers of ``dask``, or for whoever
        runs ``hrkit run-job``; done again, what came of them is found.
    fork
        False to start every process anew, as where the platform cannot fork.
    told
        Called with each organisation's outcome as it ends, with how many have ended and how many
        there are.

    Returns
    -------
    Batch
        One outcome for each organisation.

    Raises
    ------
    HrkitError
        If there is no engagement folder, an organisation that was named is not there, or another run
        writes to the folder.
    """
    from hrkit.publish.batch.destination import destination, is_url

    source = Path(source)
    if not is_url(output) and Path(output).exists() and not Path(output).is_dir():
        raise HrkitError(f"{output} is a file; choose a folder for the reports.")
    ask = BatchAsked(
        wave, _several(language), _several(profile), formats_of(also), sheets, overwrite, trust
    )
    places = _chosen(engagements_in(source), only)
    if dry_run:
        return Batch(tuple(_foreseen(place, ask) for place in places), str(output))

    from hrkit.commands.batch_warm import first
    from hrkit.publish.batch.crew import forks
    from hrkit.publish.batch.manifest import Manifest

    at = destination(output)
    home = at.folder or _beside(source, at.where)
    make_folder(home)
    with Manifest(home, at) as manifest, _staging(home) as staging:
        before = {one.name: one for one in manifest.entries()}
        if failed:
            places = _unfinished(places, before)
        with private_folder("batch") as private:
            count = workers or os.cpu_count() or 1
            # What is read once for all is worth reading where processes are forked.
            ready = first(places if fork is not False and forks() else (), ask.also)
            with _crew(dask, count, private, [ready], fork) as crew:
                # A page of one's place among others, and nothing to stand among, would be no page.
                if benchmark or PLACE in ask.profiles:
                    ask = _among_others(ask, source, crew, private, timeout)
                given = (ask, places, manifest, crew, private, staging, timeout, told)
                run = _run(given, dask, jobs)
                run.all()
        outcomes = tuple(run.outcomes[place.name] for place in places)
        known = {place.name for place in engagements_in(source)}
        entries = manifest.entries()
        strangers = tuple(sorted({e.organisation for e in entries} - known))
        write_outcomes(at, entries)
        if zip:
            write_zips(at, entries, {place.name for place in places})
    return Batch(outcomes, at.where, strangers)


def _crew(dask: str, count: int, private: Path, first: Sequence[Any], fork: bool | None) -> Crew:
    """Who does the work: processes here, or those and a cluster's workers."""
    if dask:
        from hrkit.commands.batch_cluster import Cluster

        return Cluster(dask, count, private, first, fork=fork)
    from hrkit.publish.batch.crew import Crew

    return Crew(count, private, first, fork=fork)


def _run(given: tuple[Any, ...], dask: str, jobs: str | Path) -> BatchRun:
    """How the documents are made: here, by a cluster, or by whoever takes up the jobs."""
    if not dask and not jobs:
        return BatchRun(*given)
    from hrkit.commands.batch_away import ClusterRun, JobsRun
    from hrkit.publish.batch.destination import destination

    left = destination(jobs) if jobs else None
    return (ClusterRun if dask else JobsRun)(*given, jobs=left)


def _beside(source: Path, where: str) -> Path:
    """Where the manifest of a place elsewhere is kept: with the organisations."""
    name = hashlib.sha256(where.encode("utf-8")).hexdigest()[:12]
    return source / ".hrkit" / f"batch-{name}"


def _among_others(
    ask: BatchAsked, source: Path, crew: Crew, private: Path, timeout: float | None
) -> BatchAsked:
    """Decide on the benchmark of the whole portfolio, whichever of its reports are made."""
    from hrkit.commands.benchmark import WHY, brought_together

    decided = brought_together(source, engagements_in(source), ask.wave, crew, private, timeout)
    note = "" if decided.enough else decided.too_few
    # Where there is none, everybody is told that.
    uncounted = {
        client: f"it has no page on its place among the others ({WHY[why]})"
        for client, why in decided.left_out.items()
        if decided.enough
    }
    return replace(ask, norms=str(private), note=note, uncounted=uncounted)


def _several(given: str | Sequence[str]) -> tuple[str, ...]:
    words = given.split(",") if isinstance(given, str) else given
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _chosen(places: Sequence[Path], only: Sequence[str]) -> tuple[Path, ...]:
    """The folders that are named, by folder or client; all where none is named."""
    if not only:
        return tuple(places)
    wanted = list(dict.fromkeys(only))
    names = {normal(place.name): place for place in places}
    missing = [one for one in wanted if normal(one) not in names]
    if missing:
        from hrkit.portfolio.split import Portfolio

        clients = Portfolio.load(places[0].parent).clients
        for name, engagement in clients.items():
            names.setdefault(normal(engagement.client), places[0].parent / name)
            names.setdefault(normal(engagement.id), places[0].parent / name)
    problems = [
        Problem(f"--only {shown(one)}", "there is no such organisation", _meant(one, names))
        for one in wanted
        if normal(one) not in names
    ]
    if problems:
        raise HrkitError("Nothing was made.", problems)
    chosen = {names[normal(one)] for one in wanted}
    return tuple(place for place in places if place in chosen)


def _meant(written: str, names: Mapping[str, Path]) -> str:
    """What to write for an organisation that nobody is called."""
    several = [part.strip() for part in written.split(",")]
    if len(several) > 1 and all(normal(part) in names for part in several):
        return f"name each by itself: {' '.join(f'--only {shown(part)!r}' for part in several)}"
    near = nearest(written, names, 1)
    found = names[normal(near[0])] if near else None
    return f"did you mean {found.name}?" if found else "name its folder or client"


def _unfinished(places: Sequence[Path], before: Mapping[str, MadeDocument]) -> tuple[Path, ...]:
    """Organisations of which something failed, or nothing was made yet."""
    done = {one.organisation for one in before.values() if one.state == "done"}
    open_ = {one.organisation for one in before.values() if one.state != "done"}
    return tuple(one for one in places if one.name in open_ or one.name not in done)


def _foreseen(place: Path, ask: BatchAsked) -> Outcome:
    """What would be made of an organisation, as far as can be told without its answers."""
    from hrkit.answers.neighbours import store_file
    from hrkit.commands.making import ordered

    try:
        orders = [
            ordered(
                place,
                language=language,
                profile=profile,
                wave=ask.wave,
                also=ask.also,
                trust=ask.trust,
            )
            for language in ask.languages or ("",)
            for profile in ask.profiles or ("",)
        ]
        engagement = orders[0].engagement
        file = store_file(engagement)
        if file is not None and not (file.is_file() and file.stat().st_size):
            raise HrkitError("nobody has answered yet")
    except HrkitError as error:
        return Outcome(place.name, "failed", error=str(error))
    names = tuple(
        str(Path(order.name).with_suffix(f".{kind}"))
        for order in orders
        for kind in ("pdf", *ask.also)
    )
    return Outcome(place.name, "foreseen", engagement.client, names)


@contextmanager
def _staging(output: Path) -> Iterator[Path]:
    """A folder for files that are not in their place yet; what a killed run has left goes first."""
    for left in output.glob(f"{_STAGING}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=_STAGING, dir=output))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
