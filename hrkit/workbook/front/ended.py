"""What the front page shows of a job, and says at its end."""

from __future__ import annotations

from typing import Any

from hrkit.errors import Problem
from hrkit.workbook.front.jobs import Job
from hrkit.workbook.front.pages import PAGES
from hrkit.workbook.front.pages.clients import client_name
from hrkit.workbook.front.parts import Reply, problem_rows
from hrkit.workbook.front.spoken import translated
from hrkit.workbook.front.state import State

__all__ = ["ended", "shown"]

Message = dict[str, Any]


def ended(state: State, job: Job) -> Reply:
    """What the page says when a job has come to its end."""
    if job.state == "failed":
        wrong = [Problem(str(a), str(b), str(c)) for a, b, c in job.said.get("rows", ())]
        rows = problem_rows(wrong, state.language)
        text = translated(str(job.said.get("failed") or ""), state.language)
        return Reply(False, text or state.say("front.wrong", kind=job.said.get("kind", "")), rows)
    for page in PAGES:
        if (said := page.ended(state, job)) is not None:
            return said
    key = "front.paused" if job.state == "paused" else "front.made"
    return Reply(True, state.say(key, what=job.label))


def shown(state: State, job: Job | None) -> Message | None:
    """A job as the browser draws it."""
    if job is None:
        return None
    return {
        "label": _label(state, job),
        "number": job.number,
        "state": job.state,
        "name": job.name,
        "done": job.done,
        "of": job.of,
        "far": state.say("front.far", done=job.done, of=job.of) if job.of else "",
        "pausing": job.pausing,
        "pauses": job.name == "batch",
        "files": [
            {"name": path.name, "size": path.stat().st_size if path.is_file() else 0}
            for path in job.files
        ],
    }


def _label(state: State, job: Job) -> str:
    """What a job is called; whose it is, where another client is open by now."""
    whose = next((one for one in state.clients() if str(one) in job.args), None)
    if whose is None or whose == state.folder:
        return job.label
    return f"{client_name(whose)} ({whose.name}) · {job.label}"
