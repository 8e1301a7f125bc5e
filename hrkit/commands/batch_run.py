"""One run of a batch: what is to be done, what is being done, and what became of it.

See `hrkit.commands.batch` for what flows.  This process starts others, looks at digests, puts files in
their place and writes into the manifest; it never holds an answer or a figure.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.commands.batch_places import in_the_way, older
from hrkit.commands.outcomes import Outcome
from hrkit.commands.outputs import Outputs
from hrkit.errors import HrkitError
from hrkit.portfolio.split import same_ids

if TYPE_CHECKING:
    from hrkit.publish.batch.crew import Crew, Ended
    from hrkit.publish.batch.manifest import MadeDocument, Manifest

__all__ = ["BatchAsked", "BatchRun"]

_STEPS = "hrkit.commands.batch_steps"


@dataclass(frozen=True, slots=True)
class BatchAsked:
    """What is to be made of every organisation.

    ``norms`` is where it is said what each is told of the others, ``note`` what is to be said of every one.
    """

    wave: str
    languages: tuple[str, ...]
    profiles: tuple[str, ...]
    also: tuple[str, ...]
    sheets: bool
    overwrite: bool
    trust: bool
    norms: str = ""
    note: str = ""

    def covers(self, entry: MadeDocument) -> bool:
        """Whether an earlier document is one of those that are asked for now."""
        sheet = entry.what.startswith("sheet-")
        return (
            (not self.wave or entry.wave == self.wave)
            and (not self.languages or entry.language in self.languages)
            and (self.sheets if sheet else not self.profiles or entry.what in self.profiles)
        )


class BatchRun:
    """One run: what is to be done, what is being done, and what became of it."""

    def __init__(
        self,
        ask: BatchAsked,
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
        self._parts: dict[str, list[MadeDocument | None]] = {}
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
            "trusting": ask.trust,
            "jobs": str(self._private),
            "norms": ask.norms,
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
            elif problems := in_the_way(self._manifest, outputs, self._names(document)):
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
            "trusting": ask.trust,
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

    def _placed(
        self, name: str, document: Mapping[str, Any], into: Path, ended: Ended
    ) -> MadeDocument:
        """Put the files of a document where they belong: written down before and after."""
        if ended.error:
            return self._entry(name, document, ended, error=ended.error)
        issued, folder = self._issued[name], self._manifest.folder
        files: Mapping[str, str] = ended.value["files"]
        outputs = Outputs(Path(issued["home"]), self._ask.overwrite)
        if problems := in_the_way(self._manifest, outputs, files):
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

    def _names(self, document: Mapping[str, Any]) -> dict[str, str]:
        """The files that a document will be, whose digests nobody knows yet."""
        kinds = ("pdf",) if document["unit"] else ("pdf", *self._ask.also)
        return {Path(document["name"]).with_suffix(f".{kind}").name: "" for kind in kinds}

    def _entry(
        self,
        name: str,
        document: Mapping[str, Any],
        ended: Ended | None = None,
        error: str = "",
    ) -> MadeDocument:
        from hrkit.publish.batch.manifest import MadeDocument

        issued = self._issued[name]
        return MadeDocument(
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

    def _keep(self, entry: MadeDocument) -> None:
        """Write down what became of a document; what a failed one was before is named as older."""
        if entry.state == "failed":
            entry = replace(entry, files=older(self._manifest, entry.name))
        self._manifest.put(entry)
        self._parts[entry.organisation].append(entry)

    def _failed(self, name: str, error: str, ended: Ended | None = None) -> None:
        """An organisation of which nothing can be made now."""
        from hrkit.publish.batch.manifest import MadeDocument

        for entry in self._manifest.entries():
            if entry.organisation == name and self._ask.covers(entry):
                self._manifest.put(
                    replace(
                        entry, state="failed", error=error, files=older(self._manifest, entry.name)
                    )
                )
        about = MadeDocument(
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
            dict.fromkeys(
                [
                    *filter(None, [self._ask.note]),
                    *issued["messages"],
                    *(m for one in parts for m in one.messages),
                ]
            )
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
