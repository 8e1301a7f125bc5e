"""The batch: a report for each engagement of the folder, with its queue, a pause, and the failed again."""

from __future__ import annotations

from pathlib import Path

from hrkit.errors import HrkitError
from hrkit.model.languages import languages
from hrkit.publish.formats import BESIDE
from hrkit.workbook.front.jobs import Job
from hrkit.workbook.front.pages.setup import profiles
from hrkit.workbook.front.parts import Part, Reply, button, entry, form, options, table, text
from hrkit.workbook.front.state import FrontPage, State, Values

__all__ = ["OUTPUT", "PAGE"]

#: Where the files go, in the folder of the engagements.
OUTPUT = "reports"


def _shows(state: State) -> list[Part]:
    say = state.say
    spoken = [(code, one.name) for code, one in languages().items()]
    usual = [("", say("front.many.own")), *profiles(state)]
    fields = [
        entry("choices", "languages", say("front.many.languages"), [], options=options(spoken), help=say("front.many.own_help")),
        entry("select", "profile", say("front.setup.profile"), "", options=options(usual)),
        entry("choices", "also", say("front.printing.also"), [], options=options((one, say(f"front.formats.{one}")) for one in BESIDE)),
        entry("tick", "sheets", say("front.many.sheets")),
        entry("tick", "zip", say("front.many.zip")),
        entry("tick", "overwrite", say("front.printing.overwrite")),
    ]  # fmt: skip
    buttons = [
        button("many:start", say("front.many.start"), main=True),
        button("many:failed", say("front.many.failed")),
    ]
    buttons.append(button("many:benchmark", say("front.many.benchmark")))
    return [
        text(say("front.many.lead", folder=OUTPUT), "lead"),
        form("many", fields, buttons),
        queue(state),
    ]


def queue(state: State) -> Part:
    """Every organisation, and what became of it: of this run, else of the one before."""
    say = state.say
    job = state.jobs.now if state.jobs.now is not None and state.jobs.now.name == "batch" else None
    # While a run goes on the manifest is its own.
    before = _before(state.root / OUTPUT) if not state.jobs.busy else {}
    now = {str(one["organisation"]): one for one in (job.rows if job else ())}
    rows = []
    for place in state.clients():
        if place.name in now:
            one = now[place.name]
            state_, told = (
                str(one["state"]),
                str(one.get("error") or " ".join(one.get("files") or ())),
            )
        elif job is not None and not job.ended:
            state_, told = "waiting", ""
        else:
            state_, told = before.get(place.name, ("open", ""))
        rows.append((place.name, say(f"front.many.states.{state_}"), told))
    columns = [say(f"front.many.{key}") for key in ("organisation", "state", "told")]
    return {**table(say("front.many.queue"), columns, rows), "id": "queue"}


def _before(output: Path) -> dict[str, tuple[str, str]]:
    """What the manifest says of earlier runs."""
    from hrkit.publish.batch.manifest import FILE, Manifest

    if not (output / FILE).is_file():
        return {}
    found: dict[str, tuple[str, str]] = {}
    try:
        with Manifest(output) as manifest:
            entries = manifest.entries()
    except HrkitError:
        return {}  # a run of another program writes there
    for one in entries:
        state, told = (
            ("failed", one.error) if one.state == "failed" else ("done", " ".join(one.files))
        )
        if found.get(one.organisation, ("", ""))[0] != "failed":
            found[one.organisation] = (state, told)
    return found


def _asked(state: State, values: Values, *, failed: bool) -> Reply:
    known = [one for one in languages() if one in (values.get("languages") or ())]
    how = {
        "language": known,
        "profile": str(values.get("profile") or ""),
        "also": [one for one in BESIDE if one in (values.get("also") or ())],
        "failed": failed,
        **{key: bool(values.get(key)) for key in ("sheets", "zip", "overwrite")},
    }
    return state.start("batch", [state.root, state.root / OUTPUT], how, state.say("front.many.job"))


def _benchmark(state: State, values: Values) -> Reply:
    """The organisations compared; their figures are issued for it."""
    known = [one for one in languages() if one in (values.get("languages") or ())]
    also = [one for one in BESIDE if one in (values.get("also") or ())]
    how = {"language": known, "also": also, "overwrite": bool(values.get("overwrite"))}
    return state.start("benchmark", [state.root], how, state.say("front.many.benchmark"))


def _ended(state: State, job: Job) -> Reply | None:
    if job.name != "batch" or job.state == "failed":
        return None
    if job.state == "paused":
        return Reply(True, state.say("front.many.paused", n=len(job.rows), of=len(state.clients())))
    outcomes = (job.said.get("done") or {}).get("outcomes") or ()
    wrong = [one for one in outcomes if one.get("state") == "failed"]
    rows = tuple((str(one["organisation"]), str(one["error"]), "") for one in wrong)
    n = len(outcomes) - len(wrong)
    return Reply(not wrong, state.say("front.many.done", n=n, failed=len(wrong)), rows)


PAGE = FrontPage(
    "many",
    _shows,
    {
        "start": lambda state, values: _asked(state, values, failed=False),
        "failed": lambda state, values: _asked(state, values, failed=True),
        "benchmark": _benchmark,
    },
    needs="many",
    ended=_ended,
    lives=lambda state, job: queue(state) if job.name == "batch" else None,
)
