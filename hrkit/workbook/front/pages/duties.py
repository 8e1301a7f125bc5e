"""What comes with answers about colleagues: show, erase and purge them, papers, handing on, encrypting.

Whatever cannot be undone is looked at first and asked a second time.  A code that was typed stays on the
Python side: neither a message to the browser nor the words in Python name it.
"""

from __future__ import annotations

from hrkit.errors import HrkitError
from hrkit.workbook.front import settings
from hrkit.workbook.front.pages import duty_deeds as deeds
from hrkit.workbook.front.pages import duty_said as said
from hrkit.workbook.front.pages.saving import save
from hrkit.workbook.front.parts import (
    Part,
    button,
    entry,
    form,
    more,
    options,
    problem_rows,
    table,
    text,
)
from hrkit.workbook.front.spoken import translated
from hrkit.workbook.front.state import FrontPage, State

__all__ = ["PAGE"]

_BASES = ("", "public-task", "legitimate-interests", "consent")


def _shows(state: State) -> list[Part]:
    say = state.say
    parts: list[Part] = [text(say("front.duties.lead"), "lead")]
    for name, inside in (
        ("dates", _dates(state)),
        ("subject", _subject(state)),
        ("erase", _erase(state)),
        ("purge", _purge(state)),
        ("papers", _papers(state)),
        ("deliver", _deliver(state)),
        ("encrypt", _encrypt(state)),
        ("audit", _audit(state)),
    ):
        opened = name in (state.kept.get("duty"), said.asked_about(state))
        parts.append(more(say(f"front.duties.{name}.title"), inside, open=opened))
    return parts


def _dates(state: State) -> list[Part]:
    say, file = state.say, settings.read(state.place())
    state.kept["drawn"] = file.text
    if not file.whole:
        return [text(say("front.setup.shared"), "quiet")]
    data = file.data

    def field(kind: str, key: str, **more_: object) -> Part:
        value = settings.value_at(data, ("duties", key))
        label = say(f"front.duties.dates.{key}")
        return entry(kind, f"duties/{key}", label, "" if value is None else str(value), **more_)

    bases = options(
        (one, say(f"front.duties.dates.basis_{one or 'open'}".replace("-", "_"))) for one in _BASES
    )
    fields = [
        field("date", "answers_until"),
        field("date", "reports_until"),
        field("line", "officer", help=say("front.duties.dates.officer_help")),
        field("select", "basis", options=bases),
        field("date", "heard"),
    ]
    saved = [button("duties:save", say("front.ui.save"))]
    return [text(say("front.duties.dates.help"), "quiet"), form("dates", fields, saved)]


def _code(state: State) -> Part:
    return entry("line", "code", state.say("front.duties.code"))


def _subject(state: State) -> list[Part]:
    say = state.say
    language = entry(
        "select",
        "language",
        say("front.printing.language"),
        said.spoken(state),
        options=said.languages_of(state),
    )
    write = [button("duties:subject", say("front.duties.subject.write"))]
    return [
        text(say("front.duties.subject.help"), "quiet"),
        form("subject", [_code(state), language], write),
    ]


def _erase(state: State) -> list[Part]:
    say, looked = state.say, state.kept.get("erasing")
    if looked is None:
        look = [button("duties:erase_look", say("front.duties.erase.look"))]
        return [
            text(say("front.duties.erase.help"), "quiet"),
            form("erase", [_code(state)], look),
        ]
    found = looked[1]
    return [
        text(said.waves_said(state, found.waves, "front.duties.erase.found"), "warn"),
        *(text(one) for one in said.remains(state, found)),
        *said.left_parts(state, found.left),
        _sure(state, "erase", "front.duties.erase.sure_yes"),
    ]


def _purge(state: State) -> list[Part]:
    say, looked = state.say, state.kept.get("purging")
    if looked is None:
        every = [("", say("front.duties.purge.old")), *said.waves_of(state)]
        fields = [
            entry("select", "wave", say("front.printing.wave"), "", options=options(every)),
            entry("date", "before", say("front.duties.purge.before"), help=say("front.duties.purge.before_help")),
        ]  # fmt: skip
        look = [button("duties:purge_look", say("front.duties.erase.look"))]
        return [
            text(say("front.duties.purge.help"), "quiet"),
            form("purge", fields, look),
        ]
    found = looked[1]
    return [
        text(said.waves_said(state, found.waves, "front.duties.purge.found"), "warn"),
        *(text(said.stays(state, one)) for one in found.kept),
        *said.left_parts(state, found.left),
        _sure(state, "purge", "front.duties.purge.sure_yes"),
    ]


def _sure(state: State, what: str, yes: str) -> Part:
    """The second question, as for a release: read, and the client's name."""
    say = state.say
    return form(
        f"{what}-sure",
        [
            entry("tick", "files", say("front.duties.erase.files")),
            entry("tick", "read", say("front.finish.read")),
            entry("line", "client", say("front.finish.type", name=state.engagement().client)),
        ],
        [
            button(f"duties:{what}", say(yes)),
            button("duties:leave", say("front.duties.leave"), main=True),
        ],
        say("front.finish.second"),
    )


def _papers(state: State) -> list[Part]:
    say = state.say
    try:
        there = options(said.papers_of(state))
    except HrkitError as error:
        return _wrong(state, error)
    fields = [
        entry("select", "language", say("front.printing.language"), said.spoken(state), options=said.languages_of(state)),
        entry("choices", "names", say("front.duties.papers.which"), [],
              options=there,
              help=say("front.duties.papers.which_help")),
        entry("tick", "overwrite", say("front.printing.overwrite")),
    ]  # fmt: skip
    return [
        text(say("front.duties.papers.help"), "quiet"),
        form("papers", fields, [button("duties:papers", say("front.duties.papers.write"))]),
    ]


def _deliver(state: State) -> list[Part]:
    say = state.say
    waves = said.waves_of(state)
    fields = [
        entry("select", "wave", say("front.printing.wave"), waves[0][0], options=options(waves)),
        entry("password", "password", say("front.duties.deliver.password"), help=say("front.duties.deliver.password_help")),
        entry("password", "again", say("front.duties.again")),
        entry("tick", "overwrite", say("front.duties.deliver.overwrite")),
    ]  # fmt: skip
    return [
        text(say("front.duties.deliver.help"), "quiet"),
        form("deliver", fields, [button("duties:deliver", say("front.duties.deliver.pack"))]),
    ]


def _encrypt(state: State) -> list[Part]:
    say = state.say
    if said.encrypted(state):
        undo = [button("duties:decrypt", say("front.duties.encrypt.decrypt"))]
        return [
            text(say("front.duties.encrypt.done"), "quiet"),
            form("decrypt", [entry("tick", "read", say("front.duties.encrypt.plain"))], undo),
        ]
    fields = [
        entry("password", "key", say("front.duties.encrypt.key"), help=say("front.duties.encrypt.key_help")),
        entry("password", "again", say("front.duties.again")),
        entry("tick", "remember", say("front.duties.encrypt.remember")),
        entry("tick", "read", say("front.duties.encrypt.lost")),
    ]  # fmt: skip
    return [
        text(say("front.duties.encrypt.help"), "quiet"),
        form("encrypt", fields, [button("duties:encrypt", say("front.duties.encrypt.do"))]),
    ]


def _audit(state: State) -> list[Part]:
    say = state.say
    try:
        rows = said.acts(state)
    except HrkitError as error:
        return _wrong(state, error)
    columns = [say(f"front.duties.audit.{key}") for key in ("day", "who", "what", "about")]
    return [
        text(say("front.duties.audit.help"), "quiet"),
        table(say("front.duties.audit.title"), columns, rows),
    ]


def _wrong(state: State, error: HrkitError) -> list[Part]:
    parts = [text(translated(error.summary, state.language), "quiet")]
    if error.problems:
        caption = state.say("front.mend.caption")
        columns = [state.say(f"front.mend.{key}") for key in ("where", "what", "fix")]
        parts.append(table(caption, columns, problem_rows(error, state.language)))
    return parts


PAGE = FrontPage(
    "duties",
    _shows,
    {
        "save": save,
        "subject": deeds.subject,
        "erase_look": deeds.erase_look,
        "erase": deeds.erase_,
        "purge_look": deeds.purge_look,
        "purge": deeds.purge_,
        "leave": deeds.leave,
        "papers": deeds.papers,
        "deliver": deeds.deliver_,
        "encrypt": deeds.encrypt_,
        "decrypt": deeds.decrypt_,
    },
)
