"""What a report is made of, handed from the command that issued it to the kernel that shows it.

``hrkit report`` issues a version once.  The notebook's kernel gets that version, as released
tables and nothing else, in a private file that is gone as soon as it was read: the kernel opens
no store, and what it shows is what was recorded.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from hrkit.disclosure.kept.basis import settings_digest
from hrkit.disclosure.kept.snapshot import from_snapshot, to_snapshot
from hrkit.disclosure.released import (
    ComparedWith,
    Released,
    compared_from_json,
    compared_to_json,
)
from hrkit.errors import HrkitError
from hrkit.files import private_folder
from hrkit.model.engagement import Engagement

__all__ = ["VARIABLE", "Handover", "handed_over", "job_of", "job_text"]

#: Names the file in the kernel's environment.
VARIABLE = "HRKIT_JOB"


@dataclass(frozen=True)
class Handover:
    """A version that was issued, and for whom; ``parts`` are those of the engagement's tools.

    ``compared`` is what is told of the other organisations of its portfolio.
    """

    released: Released
    client: str
    settings: str
    parts: Mapping[str, Released] = field(default_factory=dict)
    compared: ComparedWith | None = None

    def check(self, engagement: Engagement, wave: str) -> None:
        """Refuse a notebook that names something else than it is run for.

        Raises
        ------
        HrkitError
            If the engagement, its settings or the wave differ.
        """
        way = "leave the parameter empty in the notebook's parameters cell, or run it by hand"
        asked, made = engagement.id, self.released.engagement
        if (asked, engagement.client) != (made, self.client):
            raise HrkitError(
                f"The notebook shows the engagement {asked} ({engagement.client}), and the report "
                f"is made for {made} ({self.client}): {way}."
            )
        known = engagement.wave(wave)
        # A frozen wave is what it was, under the id it had then.
        if self.released.wave not in (known.id, *known.was):
            raise HrkitError(
                f"The notebook shows the wave {wave}, and the report is made for "
                f"{self.released.wave}: {way}."
            )
        if settings_digest(engagement) != self.settings:
            raise HrkitError(
                f"engagement.yml of {asked} was changed while the report was made; make it again."
            )


@contextlib.contextmanager
def handed_over(
    engagement: Engagement,
    released: Released,
    parts: Mapping[str, Released],
    compared: ComparedWith | None = None,
) -> Iterator[Mapping[str, str]]:
    """The environment of a kernel that is to show a version, those of its tools, and its place among others."""
    text = job_text(engagement, released, parts, compared)
    with private_folder("job") as private:
        path = private / "job.json"
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        yield {VARIABLE: str(path)}


def job_text(
    engagement: Engagement,
    released: Released,
    parts: Mapping[str, Released],
    compared: ComparedWith | None = None,
) -> str:
    """What is handed over, as it stands in its file."""
    more = {} if compared is None else {"compared": compared_to_json(compared)}
    return json.dumps(
        {
            "released": to_snapshot(released),
            "client": engagement.client,
            "settings": settings_digest(engagement),
            "parts": {id: to_snapshot(one) for id, one in parts.items()},
            **more,
        }
    )


def job_of(environment: Mapping[str, str] = os.environ) -> Handover | None:
    """The version this process is to show; None where it was started by hand."""
    place = environment.get(VARIABLE, "")
    return _read(place) if place else None


@lru_cache(maxsize=1)
def _read(place: str) -> Handover:
    path = Path(place)
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise HrkitError(
            "What this report is made of is not there any more; start it again with: hrkit report"
        ) from None
    with contextlib.suppress(OSError):
        path.unlink()
    parts = {id: from_snapshot(one) for id, one in data["parts"].items()}
    compared = compared_from_json(data["compared"]) if "compared" in data else None
    return Handover(
        from_snapshot(data["released"]), data["client"], data["settings"], parts, compared
    )
