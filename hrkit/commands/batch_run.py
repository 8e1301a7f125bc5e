"""One run of a batch: what is to be done, what is being done, and what became of it.

See `hrkit.commands.batch` for what flows.  This process starts others, looks at digests, puts files in
their place and writes into the manifest; it never holds an answer or a figure.
"""

from __future__ import annotations

import shutil
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.commands.batch_asked import BatchAsked
from hrkit.commands.batch_places import (
    beside,
    files_of,
    folder_for_one,
    in_the_way,
    name_taken,
    older,
    out_of_date,
)
from hrkit.commands.batch_receipts import receipt_name, taken_up, tidy
from hrkit.commands.outcomes import Outcome, outcome_of
from hrkit.commands.outputs import Outputs
from hrkit.commands.sealed import keys_of
from hrkit.errors import HrkitError
from hrkit.portfolio.split import same_ids
from hrkit.publish.batch.orders import Task

if TYPE_CHECKING:
    from hrkit.publish.batch.crew import Crew, Ended
    from hrkit.publish.batch.manifest import MadeDocument, Manifest

__all__ = ["BatchAsked", "BatchRun"]

_STEPS = "hrkit.commands.batch_steps"


class BatchRun:
    """One run: what is to be done, what is being done, and what became of it."""

    #: Whether documents are made elsewhere, each of a parcel.
    away = False
    #: Whether nobody here waits for them: what came of them is found by a later run.
    leaves = False

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
        # The processes that write into it stand elsewhere than whoever named it.
        self._crew, self._private, self._staging = crew, private, staging.absolute()
        self._timeout, self._told = timeout, told
        self._issued: dict[str, Mapping[str, Any]] = {}
        self._open: dict[str, int] = {}
        self._ready: deque[tuple[str, Mapping[str, Any]]] = deque()
        self._making: dict[str, tuple[str, Mapping[str, Any], Path]] = {}
        self._parts: dict[str, list[MadeDocument | None]] = {}
        self._passed: Counter[str] = Counter()
        self._dated: dict[str, list[str]] = {}
        self._before: dict[str, Mapping[str, str]] = {}
        self._named: dict[str, tuple[str, str]] = {}
        self._left = frozenset(manifest.at.names())
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
        tidy(self._manifest)

    def _issue(self, place: Path) -> None:
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
            "parcel": self.away,
            "norms": ask.norms,
            "keys": keys_of(place),
        }
        self._crew.give(Task(place.name, f"{_STEPS}:issue", given, self._timeout))

    def _has_issued(self, ended: Ended) -> None:
        name = ended.id
        if ended.error:
            self._failed(name, ended.error, ended)
            return
        self._issued[name] = ended.value
        self._parts[name] = []
        self._manifest.begin_anew(name)
        self._dated[name] = out_of_date(self._manifest, ended.value, name)
        todo = []
        outputs = Outputs(Path(ended.value["home"]), self._ask.overwrite)
        for document in ended.value["documents"]:
            entry = self._entry(name, document, named=f"{name}/{document['name']}")
            if taken := name_taken(self._named, self._manifest, self._places[0].parent, entry):
                self._keep(replace(entry, error=taken))
                continue
            try:
                if self._is_to_be_made(name, document, outputs):
                    todo.append(document)
            except (HrkitError, OSError) as error:
                self._keep(self._entry(name, document, error=str(error)))
        self._open[name] = len(todo)
        self._ready.extend((name, document) for document in todo)
        if not todo:
            self._finish(name)

    def _is_to_be_made(self, name: str, document: Mapping[str, Any], outputs: Outputs) -> bool:
        """Whether a document is neither there already nor kept from being made."""
        entry = self._manifest.entry(document["name"])
        self._before[document["name"]] = entry.files if entry else {}
        if self._manifest.intact(entry, document["key"]):
            self._parts[name].append(entry)
            self._passed[name] += 1
            return False
        if receipt_name(document["name"]) in self._left and self._collected(name, document):
            return False
        if problems := in_the_way(self._manifest, outputs, files_of(document, self._ask.also)):
            raise HrkitError("Nothing was written.", problems)
        return True

    def _collected(self, name: str, document: Mapping[str, Any]) -> bool:
        """Whether somebody else has made, or tried to make, this very document and left a receipt."""
        entry = taken_up(self._manifest, self._entry(name, document), failures=self.leaves)
        if entry is not None:
            self._keep(entry)
        return entry is not None

    def _make(self, name: str, document: Mapping[str, Any]) -> None:
        into = folder_for_one(self._staging, self._manifest.folder)
        issued, ask = self._issued[name], self._ask
        given = {
            "job": issued["job"],
            "folder": issued["home"],
            "document": dict(document),
            "wave": issued["released"],
            "also": list(ask.also),
            "trusting": ask.trust,
            "into": str(into),
            "keys": keys_of(Path(issued["home"])),
        }
        id = f"{name}/{document['name']}"
        self._making[id] = (name, document, into)
        self._crew.give(Task(id, f"{_STEPS}:make", given, self._timeout))

    def _made(self, ended: Ended) -> None:
        name, document, into = self._making.pop(ended.id)
        try:
            entry = self._placed(name, document, into, ended)
        except (OSError, HrkitError) as error:
            from hrkit.files import of_the_system

            entry = self._entry(name, document, ended, error=of_the_system(error) or str(error))
        shutil.rmtree(into, ignore_errors=True)
        self._keep(entry)
        self._one_less(name)

    def _one_less(self, name: str) -> None:
        """One of an organisation's documents is no longer waited for."""
        self._open[name] -= 1
        if not self._open[name]:
            self._finish(name)

    def _placed(
        self, name: str, document: Mapping[str, Any], into: Path, ended: Ended
    ) -> MadeDocument:
        """Put the files of a document where they belong: written down before and after."""
        if ended.error:
            return self._entry(name, document, ended, error=ended.error)
        issued, at = self._issued[name], self._manifest.at
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
            at.take(into / file, file)
        return done

    def _entry(
        self,
        name: str,
        document: Mapping[str, Any],
        ended: Ended | None = None,
        error: str = "",
        named: str = "",
    ) -> MadeDocument:
        from hrkit.publish.batch.manifest import MadeDocument

        issued = self._issued[name]
        return MadeDocument(
            named or document["name"],
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
        elif entry.state == "done":
            entry = beside(self._manifest, entry, self._before.get(entry.name, {}))
        self._manifest.put(entry)
        self._parts[entry.organisation].append(entry)

    def _failed(self, name: str, error: str, ended: Ended | None = None) -> None:
        """An organisation of which nothing can be made now."""
        from hrkit.publish.batch.manifest import MadeDocument

        for entry in self._manifest.of(name):
            if self._ask.covers(entry):
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
        for left in (issued["job"], issued["parcel"]):
            if left:
                Path(left).unlink(missing_ok=True)
        parts = [one for one in self._parts.pop(name) if one]
        uncounted = self._ask.uncounted.get(issued["client"], "")
        notes = [*filter(None, [self._ask.note, uncounted]), *issued["messages"]]
        notes += self._dated.pop(name)
        self._end(outcome_of(name, issued["client"], parts, self._passed[name], notes))

    def _end(self, outcome: Outcome) -> None:
        self.outcomes[outcome.organisation] = outcome
        if self._told is not None:
            self._told(outcome, len(self.outcomes), len(self._places))
