"""Print the report with a bar that says how far it is, and open what was made."""

from __future__ import annotations

from hrkit.errors import HrkitError
from hrkit.model.languages import languages
from hrkit.publish.formats import BESIDE
from hrkit.workbook.front.jobs import Job
from hrkit.workbook.front.pages.setup import profiles
from hrkit.workbook.front.parts import (
    Part,
    Reply,
    button,
    chosen,
    entry,
    form,
    options,
    text,
    title,
)
from hrkit.workbook.front.state import FrontPage, State, Values, called

__all__ = ["PAGE"]

_NOTEBOOKS = (
    ("3_report.ipynb", "front.printing.notebook"),
    ("2_workshop.ipynb", "front.ask.workshop"),
    ("4_benchmark.ipynb", "front.many.benchmark"),
)


def _shows(state: State) -> list[Part]:
    say, engagement = state.say, state.engagement()
    spoken = [
        (code, languages()[code].name)
        for code in engagement.instrument.languages
        if code in languages()
    ]
    waves = [
        (one.id, one.name.get(state.language) or next(iter(one.name.values())))
        for one in reversed(engagement.waves)
    ]
    fields = [
        entry("select", "language", say("front.printing.language"), engagement.language, options=options(spoken)),
        entry("select", "profile", say("front.setup.profile"), engagement.report.profile, options=options(profiles(state))),
        entry("select", "wave", say("front.printing.wave"), waves[0][0], options=options(waves)),
        entry("choices", "also", say("front.printing.also"), [], options=options((one, say(f"front.formats.{one}")) for one in BESIDE)),
        entry("tick", "overwrite", say("front.printing.overwrite")),
    ]  # fmt: skip
    parts: list[Part] = [
        text(say("front.printing.lead"), "lead"),
        form("report", fields, [button("printing:report", say("front.printing.print"), main=True)]),
    ]
    units = [(one.id, one.name) for one in engagement.units if one.parent is not None]
    if units:
        parts.append(title(say("front.printing.sheet")))
        one_unit = entry(
            "select", "unit", say("front.setup.unit"), units[0][0], options=options(units)
        )
        parts.append(
            form("sheet", [one_unit], [button("printing:sheet", say("front.printing.print_sheet"))])
        )
    parts.append(title(say("front.printing.books")))
    links = [
        (say(key), state.served(state.place() / name))
        for name, key in _NOTEBOOKS
        if (state.place() / name).is_file()
    ]
    parts.append({"kind": "links", "items": [[label, href] for label, href in links if href]})
    buttons = [
        button("printing:papers", say("front.printing.papers")),
        button("printing:starter", say("front.printing.starter")),
    ]
    parts.append({"kind": "buttons", "label": say("front.printing.books"), "buttons": buttons})
    held = engagement.letters.meeting
    day = entry(
        "date", "workshop", say("front.printing.workshop"), held.isoformat() if held else ""
    )
    parts.append(title(say("front.printing.calendar")))
    parts.append(form("calendar", [day], [button("printing:calendar", say("front.printing.plan"))]))
    return parts


def _report(state: State, values: Values) -> Reply:
    how = {key: chosen(values, key) for key in ("language", "profile", "wave")}
    also = [one for one in BESIDE if one in (values.get("also") or ())]
    given = {**how, "also": also, "overwrite": bool(values.get("overwrite"))}
    return state.start("report", [state.place()], given, state.say("front.printing.report"))


def _sheet(state: State, values: Values) -> Reply:
    how = {"unit": chosen(values, "unit")}
    return state.start("sheet", [state.place()], how, state.say("front.printing.sheet"))


def _papers(state: State, _values: Values) -> Reply:
    return state.start("print_papers", [state.place()], {}, state.say("front.printing.papers"))


def _calendar(state: State, values: Values) -> Reply:
    if not (day := chosen(values, "workshop")):
        raise HrkitError(state.say("front.printing.no_day"))
    how = {"workshop": day}
    return state.start("plan_process", [state.place()], how, state.say("front.printing.calendar"))


def _starter(state: State, _values: Values) -> Reply:
    from hrkit.commands.lab import lab

    made = lab(state.root, starter=True)
    call = called("lab", ".", starter=True)
    return Reply(True, state.say("front.printing.started", name=made.written[-1].name), call=call)


def _ended(state: State, job: Job) -> Reply | None:
    if job.name != "report" or job.state != "done":
        return None
    result = job.said.get("done")
    messages = result.get("messages", ()) if isinstance(result, dict) else ()
    return Reply(True, state.say("front.printing.made"), notes=tuple(map(str, messages)))


PAGE = FrontPage(
    "printing",
    _shows,
    {
        "report": _report,
        "sheet": _sheet,
        "papers": _papers,
        "calendar": _calendar,
        "starter": _starter,
    },
    ended=_ended,
)
