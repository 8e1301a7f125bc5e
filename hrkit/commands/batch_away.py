"""A batch whose documents are made elsewhere: by workers of a cluster, or by whoever runs the jobs it leaves.

The coordinator measures and issues here, in processes of its own; what leaves this machine is a parcel
a document (`hrkit.commands.batch_inputs`), and what comes back is a receipt.  The manifest stays here:
a document is done once its files were found at their destination as they were made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.commands.batch_asked import job_id
from hrkit.commands.batch_cluster import CARRY
from hrkit.commands.batch_inputs import versions, with_order
from hrkit.commands.batch_places import files_of
from hrkit.commands.batch_receipts import receipt_name, with_receipt
from hrkit.commands.batch_run import BatchRun
from hrkit.commands.run_job import ENDING
from hrkit.errors import HrkitError
from hrkit.publish.batch.crew import Ended, Task
from hrkit.publish.batch.destination import Destination, digest
from hrkit.publish.batch.receipt import Receipt

if TYPE_CHECKING:
    from hrkit.publish.batch.manifest import MadeDocument

__all__ = ["ClusterRun", "JobsRun"]


class AwayRun(BatchRun):
    """A run that packs documents up instead of making them."""

    away = True

    def __init__(self, *given: Any, jobs: Destination | None = None) -> None:
        super().__init__(*given)
        #: Where parcels are left as files; None to hand them over.
        self.jobs = jobs
        self._old: dict[str, list[str]] = {}
        for one in jobs.names() if jobs else ():
            if one.endswith(ENDING):
                self._old.setdefault(one.rpartition("-")[0], []).append(one)

    def _parcel(self, name: str, document: Mapping[str, Any]) -> tuple[str, bytes]:
        """A document's job: its id and its contents."""
        issued, ask, at = self._issued[name], self._ask, self._manifest.at
        sheet = bool(document["unit"])
        id = job_id(document["name"], document["key"])
        # What lies there now was looked at: the kit's own, or what the user wants replaced.
        there = {file: at.read(file) for file in files_of(document, ask.also)}
        order = {
            "hrkit": 1,
            "id": id,
            "organisation": name,
            "client": issued["client"],
            "kit": issued["kit"],
            "versions": dict(versions()),
            "key": document["key"],
            "document": {key: document[key] for key in ("name", "unit", "given")},
            "wave": issued["released"],
            "also": [] if sheet else list(ask.also),
            "to": at.url,
            "may": {
                file: [digest(data)]
                for file, data in there.items()
                if data is not None and self._replaceable(digest(data))
            },
        }
        return id, with_order(Path(issued["parcel"]).read_bytes(), order)

    def _replaceable(self, there: str) -> bool:
        """Whether a file that lies there may become another one: of a frozen wave only if it is asked for."""
        return self._ask.overwrite or self._manifest.written([there]).get(there) is False

    def _leave(self, id: str, parcel: bytes) -> str:
        """Leave a job as a file, in the place of earlier ones of its document."""
        assert self.jobs is not None
        stem = id.rpartition("-")[0]
        self._clear(stem)
        self.jobs.put(id + ENDING, parcel)
        self._old[stem] = [id + ENDING]
        return f"{self.jobs.url}/{id}{ENDING}"

    def _clear(self, stem: str) -> None:
        """Take away the jobs of a document."""
        assert self.jobs is not None
        for old in self._old.pop(stem, ()):
            self.jobs.remove(old)

    def _keep(self, entry: MadeDocument) -> None:
        super()._keep(entry)
        if self.jobs is not None and entry.state == "done":
            self._clear(Path(entry.name).stem)


class JobsRun(AwayRun):
    """Leaves a file for each document; a later run finds what came of them."""

    leaves = True

    def _make(self, name: str, document: Mapping[str, Any]) -> None:
        try:
            id, parcel = self._parcel(name, document)
            self._leave(id, parcel)
            before = self._manifest.entry(document["name"])
            files = before.files if before else {}
            self._keep(replace(self._entry(name, document), state="waiting", files=files))
        except (HrkitError, OSError) as error:
            self._keep(self._entry(name, document, error=str(error)))
        self._one_less(name)


class ClusterRun(AwayRun):
    """Hands each document to a cluster, and looks at its destination when it is said to be there."""

    def _make(self, name: str, document: Mapping[str, Any]) -> None:
        task = f"{name}/{document['name']}"
        self._making[task] = (name, document, self._staging / "none")
        try:
            id, parcel = self._parcel(name, document)
            job: Any = parcel if self.jobs is None else self._leave(id, parcel)
        except (HrkitError, OSError) as error:
            self._making.pop(task)
            self._keep(self._entry(name, document, error=str(error)))
            self._one_less(name)
            return
        given = {"parcel": job, "id": id}
        self._crew.give(Task(task, CARRY, given, self._timeout))

    def _placed(
        self, name: str, document: Mapping[str, Any], into: Path, ended: Ended
    ) -> MadeDocument:
        entry, at = self._entry(name, document, ended), self._manifest.at
        if ended.value is None:
            return replace(entry, error=ended.error)
        said = {key: ended.value[key] for key in Receipt.__dataclass_fields__}
        receipt = Receipt(**{**said, "messages": tuple(said["messages"])})
        done = with_receipt(entry, receipt)
        if receipt.state == "done":
            # They are there already: what is the kit's own is written down before it is looked at.
            self._manifest.put(replace(done, state="writing"))
            if not receipt.intact(at):
                done = replace(done, state="failed", error=f"it did not arrive at {at.where}")
        at.remove(receipt_name(receipt.name))
        return done
