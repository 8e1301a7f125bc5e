"""Make the reports of every engagement in a folder: apart from each other, at once, and resumable.

What flows: this process holds names and places only.  For each organisation one process measures and
issues (`hrkit.commands.batch_steps.issue`) and leaves a file of released tables; for each document
another makes the files from that (``make``).  Here they are looked at, put in their place and written
into the manifest, so that a run that was stopped goes on where it stopped.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.commands.making import formats_of
from hrkit.commands.outcomes import Batch, Outcome, write_outcomes, write_zips
from hrkit.commands.outputs import Outputs
from hrkit.errors import HrkitError, Problem
from hrkit.files import make_folder, private_folder
from hrkit.portfolio.split import engagements_in, same_ids
from hrkit.text import normal, shown

if TYPE_CHECKING:
    from hrkit.publish.batch.crew import Crew, Ended
    from hrkit.publish.batch.manifest import Entry, Manifest

__all__ = ["batch"]

_STEPS = "hrkit.commands.batch_steps"
_STAGING = ".hrkit-batch-"
_OLDER = ".older"


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
    zips: bool = False,
    overwrite: bool = False,
    trust: bool = False,
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
        Folder for the files; each carries client, wave, language and profile in its name.
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
    zips
        One zip a client, with all that was made for it.
    overwrite, trust
        What may be replaced, and whose notebooks run: as in `hrkit.commands.report.report`.
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
    source, output = Path(source), Path(output)
    if output.exists() and not output.is_dir():
        raise HrkitError(f"{output} is a file; choose a folder for the reports.")
    ask = _Asked(
        wave, _several(language), _several(profile), formats_of(also), sheets, overwrite, trust
    )
    places = _chosen(engagements_in(source), only)
    if dry_run:
        return Batch(tuple(_foreseen(place, ask) for place in places), output)

    from hrkit.publish.batch.crew import Crew
    from hrkit.publish.batch.manifest import Manifest

    make_folder(output)
    with Manifest(output) as manifest, _staging(output) as staging:
        before = {one.name: one for one in manifest.entries()}
        if failed:
            places = _unfinished(places, before)
        with private_folder("batch") as private:
            from hrkit.commands.batch_steps import FIRST

            count = workers or os.cpu_count() or 1
            with Crew(count, private, FIRST, fork=fork) as crew:
                run = _Run(ask, places, manifest, crew, private, staging, timeout, told)
                run.all()
        outcomes = tuple(run.outcomes[place.name] for place in places)
        known = {place.name for place in engagements_in(source)}
        entries = manifest.entries()
        strangers = tuple(sorted({e.organisation for e in entries} - known))
        write_outcomes(output, entries)
        if zips:
            write_zips(output, entries, {place.name for place in places})
    return Batch(outcomes, output, strangers)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be made of every organisation."""

    wave: str
    languages: tuple[str, ...]
    profiles: tuple[str, ...]
    also: tuple[str, ...]
    sheets: bool
    overwrite: bool
    trust: bool

    def covers(self, entry: Entry) -> bool:
        """Whether an earlier document is one of those that are asked for now."""
        sheet = entry.what.startswith("sheet-")
        return (
            (not self.wave or entry.wave == self.wave)
            and (not self.languages or entry.language in self.languages)
            and (self.sheets if sheet else not self.profiles or entry.what in self.profiles)
        )


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
        Problem(
            f"--only {shown(one)}", "there is no such organisation", "name its folder or client"
        )
        for one in wanted
        if normal(one) not in names
    ]
    if problems:
        raise HrkitError("Nothing was made.", problems)
    chosen = {names[normal(one)] for one in wanted}
    return tuple(place for place in places if place in chosen)


def _unfinished(places: Sequence[Path], before: Mapping[str, Entry]) -> tuple[Path, ...]:
    """Organisations of which something failed, or nothing was made yet."""
    done = {one.organisation for one in before.values() if one.state == "done"}
    open_ = {one.organisation for one in before.values() if one.state != "done"}
    return tuple(one for one in places if one.name in open_ or one.name not in done)


def _foreseen(place: Path, ask: _Asked) -> Outcome:
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


class _Run:
    """One run: what is to be done, what is being done, and what became of it."""

    def __init__(
        self,
        ask: _Asked,
        places: Sequence[Path],
        manifest: Manifest,
        crew: Crew,
        private: Path,
        staging: Path,
        timeout: float | None,
        told: Callable[[Outcome, int, int], None] | None,
    ) -> None:
        self._ask, self._places, self._manifest = ask, places, manifest
        self._crew, self._private, self._staging = crew, private, staging
        self._timeout, self._told = timeout, told
        self._issued: dict[str, Mapping[str, Any]] = {}
        self._open: dict[str, int] = {}
        self._ready: deque[tuple[str, Mapping[str, Any]]] = deque()
        self._making: dict[str, tuple[str, Mapping[str, Any], Path]] = {}
        self._parts: dict[str, list[Entry | None]] = {}
        self._passed: Counter[str] = Counter()
        self.outcomes: dict[str, Outcome] = {}

    def all(self) -> None:
        """Do everything; documents before further organisations, so that few jobs lie about."""
        same = same_ids(self._places)
        waiting = deque(self._places)
        while waiting or self._ready or self._crew.busy:
            while self._crew.idle > 0 and (self._ready or waiting):
                if self._ready:
                    self._make(*self._ready.popleft())
                    continue
                place = waiting.popleft()
                if place.name in same:
                    self._failed(
                        place.name, f"{same[place.name]}; give each its own in engagement.yml."
                    )
                else:
                    self._issue(place)
            for ended in self._crew.wait():
                if ended.id in self._making:
                    self._made(ended)
                else:
                    self._has_issued(ended)

    def _issue(self, place: Path) -> None:
        from hrkit.publish.batch.crew import Task

        ask = self._ask
        given = {
            "folder": str(place.absolute()),
            "languages": list(ask.languages),
            "profiles": list(ask.profiles),
            "wave": ask.wave,
            "also": list(ask.also),
            "sheets": ask.sheets,
            "trust": ask.trust,
            "jobs": str(self._private),
        }
        self._crew.give(Task(place.name, f"{_STEPS}:issue", given, self._timeout))

    def _has_issued(self, ended: Ended) -> None:
        name = ended.id
        if ended.error:
            self._failed(name, ended.error, ended)
            return
        self._issued[name] = ended.value
        self._parts[name] = []
        todo = []
        outputs = Outputs(Path(ended.value["home"]), self._ask.overwrite)
        for document in ended.value["documents"]:
            entry = self._manifest.entry(document["name"])
            if self._manifest.intact(entry, document["key"]):
                self._parts[name].append(entry)
                self._passed[name] += 1
            elif problems := self._in_the_way(outputs, document, ended.value["final"]):
                self._keep(
                    self._entry(
                        name, document, error=str(HrkitError("Nothing was written.", problems))
                    )
                )
            else:
                todo.append(document)
        self._open[name] = len(todo)
        self._ready.extend((name, document) for document in todo)
        if not todo:
            self._finish(name)

    def _make(self, name: str, document: Mapping[str, Any]) -> None:
        from hrkit.publish.batch.crew import Task

        into = Path(tempfile.mkdtemp(dir=self._staging))
        issued, ask = self._issued[name], self._ask
        given = {
            "job": issued["job"],
            "folder": issued["home"],
            "document": dict(document),
            "wave": issued["released"],
            "also": list(ask.also),
            "trust": ask.trust,
            "into": str(into),
        }
        id = f"{name}/{document['name']}"
        self._making[id] = (name, document, into)
        self._crew.give(Task(id, f"{_STEPS}:make", given, self._timeout))

    def _made(self, ended: Ended) -> None:
        name, document, into = self._making.pop(ended.id)
        try:
            entry = self._placed(name, document, into, ended)
        except OSError as error:
            from hrkit.files import of_the_system

            entry = self._entry(name, document, ended, error=of_the_system(error) or str(error))
        shutil.rmtree(into, ignore_errors=True)
        self._keep(entry)
        self._open[name] -= 1
        if not self._open[name]:
            self._finish(name)

    def _placed(self, name: str, document: Mapping[str, Any], into: Path, ended: Ended) -> Entry:
        """Put the files of a document where they belong: written down before and after."""
        if ended.error:
            return self._entry(name, document, ended, error=ended.error)
        issued, folder = self._issued[name], self._manifest.folder
        files: Mapping[str, str] = ended.value["files"]
        outputs = Outputs(Path(issued["home"]), self._ask.overwrite)
        if problems := self._in_the_way(outputs, document, issued["final"], files):
            return self._entry(
                name, document, ended, error=str(HrkitError("Nothing was written.", problems))
            )
        done = replace(
            self._entry(name, document, ended),
            state="done",
            files=files,
            messages=tuple(ended.value["messages"]),
        )
        self._manifest.put(replace(done, state="writing"))
        # The PDF last: whoever sees it sees the whole set.
        for file in sorted(files, key=lambda one: one.endswith(".pdf")):
            os.replace(into / file, folder / file)
        return done

    def _in_the_way(
        self,
        outputs: Outputs,
        document: Mapping[str, Any],
        final: bool,
        files: Mapping[str, str] | None = None,
    ) -> list[Problem]:
        """Files that stand where a document goes and may not be replaced."""
        folder = self._manifest.folder
        stem = Path(document["name"])
        kinds = ("pdf",) if document["unit"] else ("pdf", *self._ask.also)
        names = list(files) if files else [stem.with_suffix(f".{kind}").name for kind in kinds]
        from hrkit.publish.batch.manifest import digest

        problems = []
        for name in names:
            place = folder / name
            if place.is_file() and not place.is_symlink():
                there = digest(place.read_bytes())
                known = self._manifest.written([there])
                if files and files[name] == there:
                    continue
                if (there in known and not (files and known[there])) or outputs.overwrite:
                    continue
                if there in known:
                    problems.append(
                        Problem(
                            name,
                            "is the report of a frozen wave and would change",
                            "move it away, or add --overwrite",
                        )
                    )
                    continue
            try:
                outputs.check([place])
            except HrkitError as error:
                problems += error.problems
        return problems

    def _entry(
        self,
        name: str,
        document: Mapping[str, Any],
        ended: Ended | None = None,
        error: str = "",
    ) -> Entry:
        from hrkit.publish.batch.manifest import Entry

        issued = self._issued[name]
        return Entry(
            document["name"],
            name,
            issued["client"],
            issued["wave"],
            document["language"],
            document["what"],
            key=document["key"],
            final=issued["final"],
            error=error,
            seconds=round(ended.seconds, 2) if ended else 0.0,
            cpu=round(ended.cpu, 2) if ended else 0.0,
            memory=ended.memory if ended else 0,
        )

    def _keep(self, entry: Entry) -> None:
        """Write down what became of a document; what a failed one was before is named as older."""
        if entry.state == "failed":
            entry = replace(entry, files=self._older(entry.name))
        self._manifest.put(entry)
        self._parts[entry.organisation].append(entry)

    def _older(self, name: str) -> Mapping[str, str]:
        """Give the files of an earlier run, of a document that has failed now, a name that says so."""
        from hrkit.publish.batch.manifest import digest

        entry, folder = self._manifest.entry(name), self._manifest.folder
        for file in entry.files if entry else ():
            place = folder / file
            if place.is_file() and not place.is_symlink():
                if not self._manifest.written([digest(place.read_bytes())]):
                    continue  # somebody has worked in it: it is theirs, and stays
                os.replace(place, place.with_name(f"{place.stem}{_OLDER}{place.suffix}"))
        return {}

    def _failed(self, name: str, error: str, ended: Ended | None = None) -> None:
        """An organisation of which nothing can be made now."""
        from hrkit.publish.batch.manifest import Entry

        for entry in self._manifest.entries():
            if entry.organisation == name and self._ask.covers(entry):
                self._manifest.put(
                    replace(entry, state="failed", error=error, files=self._older(entry.name))
                )
        about = Entry(
            f"{name}/", name, error=error, seconds=ended.seconds if ended else 0.0, what="issue"
        )
        self._manifest.put(about)
        self._end(Outcome(name, "failed", error=error))

    def _finish(self, name: str) -> None:
        issued = self._issued.pop(name)
        Path(issued["job"]).unlink(missing_ok=True)
        self._manifest.drop(f"{name}/")
        parts = [one for one in self._parts.pop(name) if one]
        wrong = [one for one in parts if one.state == "failed"]
        files = tuple(file for one in parts for file in one.files)
        messages = tuple(
            dict.fromkeys([*issued["messages"], *(m for one in parts for m in one.messages)])
        )
        state = "failed" if wrong else "done"
        if not wrong and parts and self._passed[name] == len(parts):
            state = "skipped"
        several = len(parts) > 1
        error = "\n".join(f"{one.name}: {one.error}" if several else one.error for one in wrong)
        seconds = sum(one.seconds for one in parts) if state != "skipped" else 0.0
        self._end(Outcome(name, state, issued["client"], files, error, messages, seconds))

    def _end(self, outcome: Outcome) -> None:
        self.outcomes[outcome.organisation] = outcome
        if self._told is not None:
            self._told(outcome, len(self.outcomes), len(self._places))
