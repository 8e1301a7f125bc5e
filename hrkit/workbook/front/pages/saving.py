"""What the buttons of the set-up page write: the engagement's own file, with what a person wrote in it."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.errors import HrkitError, Problem
from hrkit.files import write_all
from hrkit.model.languages import languages
from hrkit.model.yaml_edit import quoted, with_key, without
from hrkit.workbook.front import settings, units
from hrkit.workbook.front.pages.clients import yaml_of
from hrkit.workbook.front.parts import Reply, chosen
from hrkit.workbook.front.settings import Place, SettingsFile
from hrkit.workbook.front.state import State, Values, called

__all__ = ["MOST_LOGO", "invited", "look", "plan", "save", "units_", "words"]

#: Most bytes of a logo.
MOST_LOGO = 2 * 2**20
#: What of the file is written from the plain forms.
_SAVED = (
    "client",
    "consultant",
    "language",
    "sector",
    "country",
    "audience",
    "protection",
    "waves",
    "report",
    "duties",
)


def _as_drawn(state: State) -> SettingsFile:
    """The file, if it is the one beside which the fields were filled in: what is sent are all of a form."""
    file = settings.read(state.place())
    settings.same(file, state.kept.get("drawn", ""))
    return file


def _saved(state: State, text_: str, file: SettingsFile, call: str = "") -> Reply:
    settings.write(file, text_)
    state.kept.pop("plan", None)
    return Reply(True, state.say("front.saved"), call=call or called("check", state.name()))


def save(state: State, values: Values) -> Reply:
    """The plain fields: what is as it was stays as it was written."""
    file = _as_drawn(state)
    scalars = {
        _path(key): value.strip()
        for key, value in values.items()
        if isinstance(value, str) and key.partition("/")[0] in _SAVED
    }
    text_ = settings.changed(file, scalars)
    if isinstance(wanted := values.get("languages"), list):
        before = file.data.get("languages") or [file.data.get("language")]
        known = [code for code in languages() if code in wanted]
        if known and known != [code for code in languages() if code in before]:
            text_ = with_key(text_, ("languages",), f"[{', '.join(map(quoted, known))}]")
    return _saved(state, text_, file)


def _path(key: str) -> Place:
    return tuple(int(step) if step.isdigit() else step for step in key.split("/"))


def units_(state: State, values: Values) -> Reply:
    """The units of the table, with those that were pasted or dropped; one that is gone only while nobody has answered."""
    file = _as_drawn(state)
    before = [one for one in file.data.get("units") or () if isinstance(one, Mapping)]
    rows = [row for row in values.get("units") or () if isinstance(row, Mapping)]
    numbers = {str(one.get("id")): i for i, one in enumerate(before)}
    root = next((str(one["id"]) for one in before if not one.get("parent")), "org")
    taken = {str(one.get("id")): str(one.get("name")) for one in before}
    scalars: dict[Place, str] = {}
    kept: list[tuple[int, str]] = []
    for row in rows:
        id, name, parent = (chosen(row, key) for key in ("id", "name", "parent"))
        if id in numbers:
            kept.append((numbers[id], ""))
            scalars["units", numbers[id], "name"] = name
            if parent or before[numbers[id]].get("parent"):
                scalars["units", numbers[id], "parent"] = parent
        elif name:
            made = units.from_text(name, root, taken)
            for one in made:
                taken[one.id] = one.name
                kept.append((-1, yaml_of(units.ListedUnit(one.id, one.name, parent or root), root)))
    gone = set(range(len(before))) - {number for number, _ in kept}
    if gone and _has_answers(state):
        raise HrkitError(state.say("front.setup.stays"))
    dropped = state.dropped(values.get("sheet") or ())
    pasted = str(values.get("paste") or "")
    more_: tuple[units.ListedUnit, ...] = ()
    if dropped:
        more_ = units.from_sheet(dropped[0], root, taken)
    elif pasted.strip():
        more_ = units.from_text(pasted, root, taken)
    kept += [(-1, yaml_of(one, root)) for one in more_]
    text_ = settings.changed(file, scalars)
    said = _saved(state, settings.with_list(text_, "units", before, kept), file)
    state.drop()
    return said


def _has_answers(state: State) -> bool:
    from hrkit.answers.neighbours import store_file

    try:
        file = store_file(state.engagement())
    except HrkitError:
        return (state.place() / "answers.sqlite").is_file()
    return file is None or file.is_file()


def invited(state: State, values: Values) -> Reply:
    """How many are invited in the last round."""
    file = _as_drawn(state)
    people: dict[tuple[str, str], int] = {}
    wrong = []
    for unit, cells in (values.get("invited") or {}).items():
        for who, n in cells.items():
            if not str(n).strip():
                continue
            if not str(n).strip().isdigit():
                wrong.append(Problem(f"{unit}, {who}", f"{n} is no number of people", "correct it"))
                continue
            people[str(unit), str(who)] = int(str(n))
    if wrong:
        raise HrkitError(state.say("front.setup.not_saved"), wrong)
    text_ = settings.with_invited(file, file.text, chosen(values, "wave"), people)
    return _saved(state, text_, file)


def plan(state: State, _values: Values) -> Reply:
    """What could be seen with those who are invited."""
    from hrkit.commands.plan import plan as foresee

    state.kept["plan"] = str(foresee(state.place(), language=_spoken(state)))
    call = called("plan", state.name(), language=_spoken(state))
    return Reply(True, state.say("front.setup.planned"), call=call)


def _spoken(state: State) -> str:
    engagement = state.engagement()
    return (
        state.language if state.language in engagement.instrument.languages else engagement.language
    )


def look(state: State, values: Values) -> Reply:
    """Colours, and a logo that was dropped, which is put into the folder."""
    file = _as_drawn(state)
    scalars = {
        _path(key): str(value).strip()
        for key, value in values.items()
        if key.startswith("branding/")
    }
    for path in state.dropped(values.get("logo") or ()):
        suffix = path.suffix.lower()
        if suffix not in (".svg", ".png") or path.stat().st_size > MOST_LOGO:
            raise HrkitError(state.say("front.setup.no_logo"))
        write_all({state.place() / f"logo{suffix}": path.read_bytes()})
        scalars["branding", "logo"] = f"logo{suffix}"
    state.drop()
    return _saved(state, settings.changed(file, scalars), file)


def words(state: State, values: Values) -> Reply:
    """A word is written with all its forms, and taken out where every form is blank."""
    file = _as_drawn(state)
    given: dict[tuple[str, str], dict[str, str]] = {}
    for key, value in values.items():
        _, term, code, form_ = key.split("/")
        given.setdefault((term, code), {})[form_] = str(value).strip()
    text_ = file.text
    own = file.data.get("terms") or {}
    for (term, code), forms in given.items():
        there = dict((own.get(term) or {}).get(code) or {})
        said = {form_: word for form_, word in forms.items() if word}
        if said and said != {k: v for k, v in there.items() if k in forms}:
            said = {**{k: v for k, v in there.items() if k not in forms}, **said}
            inner = ", ".join(f"{form_}: {quoted(word)}" for form_, word in said.items())
            text_ = with_key(text_, ("terms", term, code), f"{{{inner}}}")
        elif not said and there:
            others = [one for one in own.get(term) or {} if one != code]
            text_ = without(text_, [("terms", term, code) if others else ("terms", term)])
    return _saved(state, text_, file)
