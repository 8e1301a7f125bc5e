"""One document of a batch, made by whoever has its job: a cluster's worker, a pod, a step of a workflow.

A job is one file (`hrkit.commands.batch_inputs`): one organisation's released tables, the files of its
folder that a report is made of, and which document is to be made and where it goes.  The document is
made in a process of its own, forked from one that has read nobody's files; the process that was asked
only carries bytes.  Made twice, lost half way or delivered again, the outcome is the same: what is
there and intact is left as it is.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from hrkit.commands.outcomes import Outcome
from hrkit.errors import HrkitError
from hrkit.files import of_the_system, private_folder
from hrkit.text import shown

if TYPE_CHECKING:
    from hrkit.publish.batch.crew import Crew
    from hrkit.publish.batch.receipt import Receipt

__all__ = ["carry_out", "run_job"]

ENDING = ".job"


def run_job(
    id: str,
    jobs: str | Path,
    *,
    output: str | Path = "",
    timeout: float | None = 600,
    trust: bool = False,
) -> Outcome:
    """Make the document of one job that ``hrkit batch --jobs`` has left.

    Parameters
    ----------
    id
        The job's: its file's name without ``.job``.
    jobs
        Where the jobs lie: a folder, or a URL that fsspec knows.
    output
        Where the files go, if not where the job says.
    timeout
        Seconds it may take; None for no limit.
    trust
        Run the code of an organisation's own notebook, too.

    Returns
    -------
    Outcome
        ``done``, ``skipped`` (it was there, whole) or ``failed`` with the reason.

    Raises
    ------
    HrkitError
        If there is no such job, or it was written by another version of hrkit.
    """
    from hrkit.publish.batch.destination import destination

    name = id.removesuffix(ENDING)
    if PurePath(name).name != name or "\\" in name:
        raise HrkitError(f"{shown(id)} is no id of a job; name its file without {ENDING}.")
    place = destination(jobs)
    parcel = place.read(name + ENDING)
    if parcel is None:
        raise HrkitError(f"There is no job {shown(name)} at {place.where}.")
    said = carry_out(parcel, output=str(output), timeout=timeout, trust=trust)
    return Outcome(
        said["organisation"],
        "skipped" if said["known"] else said["state"],
        said["client"],
        tuple(said["files"]) if said["state"] == "done" else (),
        said["error"],
        tuple(said["messages"]),
        said["seconds"],
    )


def carry_out(
    parcel: bytes | str, *, output: str = "", timeout: float | None = None, trust: bool = False
) -> dict[str, Any]:
    """Make one document and put it where it goes; what a worker is asked to do.

    Parameters
    ----------
    parcel
        The job's contents, or the URL of its file.
    output, timeout, trust
        As of `run_job`.

    Returns
    -------
    dict
        The receipt's entries, ``organisation``, ``client``, and ``known``: it was there already.
    """
    from hrkit.commands.batch_inputs import order_of, versions
    from hrkit.commands.batch_warm import kit_version
    from hrkit.publish.batch.destination import destination
    from hrkit.publish.batch.receipt import Receipt, deliver, read_receipt, write_receipt

    if isinstance(parcel, str):
        folder, _, name = parcel.rpartition("/")
        data = destination(folder).read(name)
        if data is None:
            raise HrkitError(f"There is no job at {parcel}.")
        parcel = data
    order = order_of(parcel)
    if order["kit"] != kit_version():
        raise HrkitError(
            "The job was written by another version of hrkit than the one that is installed here; "
            "install the same on both sides."
        )
    here, there = versions(), order["versions"]
    if other := sorted(name for name in {*here, *there} if here.get(name) != there.get(name)):
        said = ", ".join(f"{one} {there.get(one)} (here {here.get(one)})" for one in other)
        raise HrkitError(f"The job was written beside {said}; install the same on both sides.")
    at = destination(output or order["to"])
    about = {"organisation": order["organisation"], "client": order["client"]}
    before = read_receipt(at, order["document"]["name"])
    if before is not None and before.key == order["key"] and before.intact(at):
        return {**asdict(before), **about, "known": True}
    receipt = Receipt(order["document"]["name"], order["key"])
    try:
        made, contents = _made(parcel, order, receipt, timeout, trust)
        receipt = deliver(at, made, contents, order["may"]) if contents else made
    except (HrkitError, OSError) as error:
        receipt = replace(receipt, error=of_the_system(error) or str(error))
    if receipt.state == "failed":
        write_receipt(at, receipt)
    return {**asdict(receipt), **about, "known": False}


def _made(
    parcel: bytes, order: Mapping[str, Any], receipt: Receipt, timeout: float | None, trust: bool
) -> tuple[Receipt, Mapping[str, bytes]]:
    """The document's files, made in a process of their own, and what that took."""
    from hrkit.commands.batch_inputs import unpack
    from hrkit.publish.batch.crew import Task

    crew, private = _own_crew()
    folder = Path(tempfile.mkdtemp(dir=private))
    try:
        into = folder / "made"
        into.mkdir()
        job, home = unpack(parcel, folder)
        given = {
            "job": str(job),
            "folder": str(home),
            "document": order["document"],
            "wave": order["wave"],
            "also": order["also"],
            "trusting": trust,
            "into": str(into),
        }
        crew.give(Task(order["id"], "hrkit.commands.batch_steps:make", given, timeout))
        (ended,) = crew.wait()
        receipt = replace(
            receipt,
            error=ended.error,
            seconds=round(ended.seconds, 2),
            cpu=round(ended.cpu, 2),
            memory=ended.memory,
        )
        if ended.error:
            return receipt, {}
        receipt = replace(receipt, messages=tuple(ended.value["messages"]))
        return receipt, {name: (into / name).read_bytes() for name in ended.value["files"]}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_HERE = threading.local()


def _own_crew() -> tuple[Crew, Path]:
    """The process that this thread forks from, and its private folder; both end with this process."""
    if not hasattr(_HERE, "crew"):
        from hrkit.commands.batch_warm import first
        from hrkit.publish.batch.crew import Crew

        stack = ExitStack()
        private = stack.enter_context(private_folder("job"))
        _HERE.crew = stack.enter_context(Crew(1, private, [first((), ())])), private
        atexit.register(stack.close)
    found: tuple[Crew, Path] = _HERE.crew
    return found
