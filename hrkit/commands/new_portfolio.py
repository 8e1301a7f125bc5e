"""Make a portfolio: an engagement folder for each organisation of a list, and what they share."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hrkit import kit
from hrkit.answers.files.read import read_table
from hrkit.commands.new_names import USUAL, notebook, slug, until, wrong_name
from hrkit.errors import AnswersError, EngagementError, Problem
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.shared import SHARED, member_text
from hrkit.model.yaml_edit import quoted, without
from hrkit.portfolio.spelling import almost_one
from hrkit.portfolio.split import folder_name
from hrkit.text import normal, seen, shown

__all__ = ["StartedPortfolio", "new_portfolio"]

#: Headings under which a list names organisations and units, in the languages of the kit.
_ORGANISATION = (
    "organisation",
    "organization",
    "client",
    "name",
    "klant",
    "organisatie",
    "kunde",
    "navn",
    "kommune",
)
_UNIT = ("unit", "enhed", "eenheid", "department", "afdeling")
#: What of an engagement's pattern is each engagement's own, and not shared.
_OWN = ("id", "client", "units", "invited")
MOST = 5_000


@dataclass(slots=True)
class _Organisation:
    name: str
    folder: str
    id: str
    units: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StartedPortfolio:
    """What was made: folders by client, and organisations that the list names more than once or in two ways."""

    folder: Path
    made: Mapping[str, Path]
    notes: tuple[str, ...] = ()


def new_portfolio(
    folder: str | Path,
    source: str | Path,
    language: str,
    instrument: str = "",
    *,
    organisation: str = "",
    unit: str = "",
    encoding: str | None = None,
    sheet: str | None = None,
) -> StartedPortfolio:
    """Write ``portfolio.yml`` and an engagement folder for each organisation of a list.

    Done again with a longer list, organisations that are there are left as they are.

    Parameters
    ----------
    folder
        Of the portfolio; made if missing.
    source
        A list with a row an organisation, or a row for each of its units; or a file with answers, whose
        organisations and units are taken and nothing else.
    language, instrument
        As in `hrkit.commands.new.new`, for all of them.
    organisation, unit
        Headings of the columns; found by usual names where empty.
    encoding, sheet
        As for a file with answers.

    Returns
    -------
    StartedPortfolio
        What was made.

    Raises
    ------
    HrkitError
        With everything that is wrong with the list; nothing is written then.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise EngagementError(f"{folder} is a file; choose a folder.")
    if (folder / engagements.FILE).is_file():
        raise EngagementError(f"{folder} is an engagement itself; choose the folder that holds it.")
    asked = instruments.load(instrument or USUAL)
    if language not in asked.languages:
        raise EngagementError(
            f"{asked.id} has no language {language}; it has {', '.join(asked.languages)}."
        )
    if Path(instrument).suffix:
        raise EngagementError(
            "An instrument of one's own lies in an engagement's folder; make the portfolio with an "
            "instrument of the kit, and name it in portfolio.yml or in the engagements afterwards."
        )
    found, notes = _listed(Path(source), organisation, unit, encoding, sheet)
    there = _ids(folder)
    new = [one for one in found if not (folder / one.folder / engagements.FILE).exists()]
    _apart(new, there)
    notes += [
        f"{one.name} is there already and was left as it is" for one in found if one not in new
    ]
    written: list[Path] = []
    made_here = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shared = folder / SHARED
        if not shared.exists():
            written.append(shared)
            shared.write_text(_shared_text(language, instrument or USUAL), "utf-8")
        for one in new:
            place = folder / one.folder
            if not place.exists():
                written.append(place)
            place.mkdir(exist_ok=True)
            path = place / engagements.FILE
            written.append(path)
            path.write_text(
                member_text(quoted(one.id), quoted(one.name), _units_text(one)), "utf-8"
            )
            for name in kit.notebook_names():
                if not (place / name).exists():
                    written.append(place / name)
                    (place / name).write_text(notebook(name, language), "utf-8")
    except BaseException:
        for path in reversed(written):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        if made_here:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return StartedPortfolio(folder, {one.name: folder / one.folder for one in new}, tuple(notes))


def _shared_text(language: str, instrument: str) -> str:
    """``portfolio.yml``: the pattern of an engagement without what is each one's own."""
    text = (kit.templates() / "engagement" / f"engagement.{language}.yml").read_text("utf-8")
    text = text.replace("@INSTRUMENT@", quoted(instrument))
    for place, day in until().items():
        text = text.replace(place, quoted(day))
    text = re.sub(r"@(ID|CLIENT)@", '"x"', text)
    return without(text, [(key,) for key in _OWN])


def _units_text(one: _Organisation) -> str:
    lines = [f'  - {{id: "org", name: {quoted(one.name)}}}']
    lines += [
        f'  - {{id: {quoted(id)}, name: {quoted(name)}, parent: "org"}}'
        for name, id in one.units.items()
    ]
    return "units:\n" + "\n".join(lines) + "\n" if one.units else ""


def _listed(
    path: Path, organisation: str, unit: str, encoding: str | None, sheet: str | None
) -> tuple[list[_Organisation], list[str]]:
    """The organisations of a list with their units, in its order, and what is to be said of it."""
    wanted = {normal(one) for one in (organisation, unit) if one} or {
        normal(one) for one in (*_ORGANISATION, *_UNIT)
    }
    table = read_table(
        path, recognise=lambda text: normal(text) in wanted, encoding=encoding, sheet=sheet
    )
    heads = {normal(table.header.cell(c)): c for c in reversed(range(table.width))}
    heads.pop("", None)
    column = _column(heads, organisation, _ORGANISATION, "--organisation", path.name)
    if column is None:
        raise AnswersError(
            f"{path.name} cannot be used as a list of organisations.",
            [
                Problem(
                    path.name,
                    "has no column for the organisation",
                    "name it: --organisation HEADING",
                )
            ],
        )
    of_units = _column(heads, unit, _UNIT, "--unit", path.name)
    found: dict[str, _Organisation] = {}
    spelled: dict[str, Counter[str]] = {}
    problems: list[Problem] = []
    for row in table.rows:
        name = " ".join(seen(row.cell(column)).split())
        if not name:
            if not row.empty:
                problems.append(
                    Problem(
                        table.where(row.number, column), "the organisation is blank", "fill it in"
                    )
                )
            continue
        if what := wrong_name(name):
            problems.append(
                Problem(table.where(row.number, column), what, "give the client's name")
            )
            continue
        one = found.setdefault(normal(name), _Organisation(name, folder_name(name), slug(name)))
        spelled.setdefault(normal(name), Counter())[name] += 1
        called = " ".join(seen(row.cell(of_units)).split()) if of_units is not None else ""
        known = {normal(each) for each in one.units}
        if called and normal(called) != normal(name) and normal(called) not in known:
            one.units[called] = _free(slug(called), {"org", *one.units.values()})
    if not found and not problems:
        problems.append(Problem(path.name, "names no organisation", "a row for each"))
    if len(found) > MOST:
        problems.append(
            Problem(path.name, f"names more than {MOST} organisations", "is it the right column?")
        )
    if problems:
        raise AnswersError(f"{path.name} cannot be used as a list of organisations.", problems)
    notes = [
        f"{shown(found[key].name)} is written in {len(ways)} ways: {', '.join(map(shown, ways))}"
        for key, ways in spelled.items()
        if len(ways) > 1
    ]
    notes += [
        f"{shown(a)} and {shown(b)} are two here and almost one word; if they are one, delete the folder "
        "of one and name its spelling in the mapping, under organisation: values"
        for a, b in almost_one([one.name for one in found.values()])
    ]
    return list(found.values()), notes


def _column(
    heads: Mapping[str, int], said: str, usual: Sequence[str], option: str, name: str
) -> int | None:
    if said:
        if normal(said) not in heads:
            raise AnswersError(
                f"{name} cannot be used as a list of organisations.",
                [
                    Problem(
                        f"{option} {shown(said)}",
                        "there is no such heading",
                        f"there are: {', '.join(heads)}",
                    )
                ],
            )
        return heads[normal(said)]
    return next((heads[normal(one)] for one in usual if normal(one) in heads), None)


def _ids(folder: Path) -> set[str]:
    """Ids and folders that are taken in a portfolio."""
    taken = set()
    for path in folder.glob(f"*/{engagements.FILE}"):
        try:
            taken.add(engagements.load(path).id.casefold())
        except EngagementError:
            continue
    return taken


def _apart(organisations: Sequence[_Organisation], taken: set[str]) -> None:
    """Give each its own id and folder, whatever their names have in common."""
    folders: set[str] = set()
    for one in organisations:
        one.id = _free(one.id, taken)
        taken.add(one.id)
        base = one.folder if not _reserved(one.folder) else f"{one.folder}-"
        name, n = base, 2
        while name.casefold() in folders:
            name, n = f"{base} {n}", n + 1
        one.folder = name
        folders.add(name.casefold())


def _reserved(name: str) -> bool:
    """Whether Windows takes a name for a device."""
    return bool(re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name))


def _free(id: str, taken: set[str]) -> str:
    found, n = id, 2
    while found.casefold() in taken:
        found, n = f"{id[:36]}-{n}", n + 1
    return found
