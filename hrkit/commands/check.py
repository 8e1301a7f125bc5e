"""Find every problem of a file; change nothing."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace as replace_
from pathlib import Path
from typing import NamedTuple

from hrkit.answers.files.read import KINDS
from hrkit.assessment.profile import check_profiles
from hrkit.commands.naming import spoken_notes
from hrkit.commands.understood import paths, understand
from hrkit.errors import AnswersError, EngagementError, HrkitError, Problem, StoreError
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.engagement import Engagement
from hrkit.model.shared import SHARED
from hrkit.model.wording import check_words
from hrkit.model.yamlfile import read_yaml
from hrkit.portfolio.split import Portfolio, engagements_in, same_ids
from hrkit.report.action_files import check_actions

__all__ = ["Checked", "check"]


#: Sub-folders of an engagement with files of its own: what they hold, and what is wrong with it.
_OWN: Mapping[str, tuple[str, Callable[[Engagement], tuple[Problem, ...]]]] = {
    "actions": ("set of actions", check_actions),
    "profiles": ("report profile", check_profiles),
    "texts": ("set of texts", check_words),
}


#: So many texts of a file are named one by one.
_NAMED = 5
_OLD = (
    "written before units, waves, questions or the audience were what they are now: {names}; before "
    "you send anything out, write it anew: hrkit template {place}"
)


class Checked(NamedTuple):
    """What a file is, everything that is wrong with it, and what is only worth knowing."""

    kind: str
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def check(
    file: str | Path | Sequence[str | Path],
    into: str | Path | None = None,
    *,
    mapping: str | Path | Sequence[str | Path] | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    replace: bool = False,
    doubles: str | None = None,
    twice: str | None = None,
) -> Checked:
    """What a file is, and everything that is wrong with it; nothing is changed.

    Parameters
    ----------
    file
        An engagement folder or ``engagement.yml``, a folder of such folders, an instrument, a mapping, or
        answers; of these also several files that are to be taken as one.
    into
        The engagement that answers or a mapping belong to; the file's own folder if not given.
    mapping, encoding, sheet, replace, doubles, twice
        For a file with answers, as `hrkit.commands.import_answers.import_answers` takes them.

    Raises
    ------
    HrkitError
        If the file is not there, cannot be told, or an option says nothing about such a file.
    """
    files, folder = paths(file), Path(into) if into is not None else None
    for path in files:
        if not path.exists():
            raise HrkitError(f"There is no file {path}.")
    path = files[0]
    options = {
        "--mapping": mapping is not None,
        "--encoding": encoding is not None,
        "--sheet": sheet is not None,
        "--replace": replace,
        "--doubles": bool(doubles),
        "--twice": bool(twice),
    }
    if len(files) > 1 and (others := [one.name for one in files if not _answers(one, folder)]):
        raise HrkitError(
            f"Of several files each holds answers ({', '.join(KINDS)}); check {others[0]} by itself."
        )
    if path.name == SHARED or (path.is_dir() and _holds_engagements(path)):
        _refuse("portfolio", {"--into": folder is not None, **options})
        return _portfolio(path if path.is_dir() else path.parent)
    answers = _answers(path, folder)
    if (path.is_dir() and not answers) or path.name == engagements.FILE:
        _refuse("engagement", {"--into": folder is not None, **options})
        return _engagement(path)
    own = _OWN.get(path.parent.name)
    if own and path.suffix == ".yml" and (path.parent.parent / engagements.FILE).is_file():
        kind, problems_of = own
        _refuse(kind, {"--into": folder is not None, **options})
        name = f"{path.parent.name}/{path.name}"
        wrong = problems_of(engagements.load(path.parent.parent))
        return Checked(kind, tuple(one for one in wrong if one.where.startswith(name)))
    if path.suffix.lower() in (".yml", ".yaml"):
        data = read_yaml(path).data
        if isinstance(data, dict) and "hrkit" in data:
            _refuse("engagement", {"--into": folder is not None, **options})
            return _engagement(path)
        if isinstance(data, dict) and "answers" in data and "sections" not in data:
            _refuse("mapping", options)
            return Checked("mapping", _mapping_problems(path, folder or path.parent))
        _refuse("instrument", {"--into": folder is not None, **options})
        return Checked("instrument", instruments.check(path))
    if not answers:
        raise HrkitError(
            f"{path.name} is no file that is read: an engagement folder, .yml, or answers as "
            f"{', '.join(KINDS)}."
        )
    kind = "file with answers"
    try:
        understood = understand(
            files,
            folder or path.parent,
            mapping=None if mapping is None else paths(mapping),
            encoding=encoding,
            sheet=sheet,
            replace=replace,
            doubles=doubles,
            twice=twice,
        )
    except (AnswersError, StoreError) as error:
        return Checked(kind, error.problems or (Problem(path.name, error.summary),))
    return Checked(kind, (), understood.notes)


def _answers(path: Path, into: Path | None) -> bool:
    """Whether a file holds answers by its name, or a folder such files."""
    endings = (*KINDS, ".json")
    if path.is_dir():
        ours = into is not None and not (path / engagements.FILE).is_file()
        return ours and any(one.suffix.lower() in endings for one in path.iterdir())
    return path.suffix.lower() in endings


def _refuse(kind: str, options: dict[str, bool]) -> None:
    """No option is passed over: one that says nothing about this kind of file is refused."""
    given = [name for name, there in options.items() if there]
    if given:
        an = "an" if kind[0] in "aeiou" else "a"
        says = "says" if len(given) == 1 else "say"
        raise HrkitError(f"{' and '.join(given)} {says} nothing about {an} {kind}; leave it out.")


def _holds_engagements(folder: Path) -> bool:
    """Whether a folder is no engagement itself and holds some, or what they share."""
    if (folder / engagements.FILE).is_file():
        return False
    return (folder / SHARED).is_file() or any(folder.glob(f"*/{engagements.FILE}"))


def _portfolio(folder: Path) -> Checked:
    """What the engagements of a folder share, and each of them: one list of what is missing where."""
    from hrkit.model.schema import schema_problems

    problems: list[Problem] = []
    notes: list[str] = []
    if (folder / SHARED).is_file():
        source = read_yaml(folder / SHARED)
        problems += source.problems or schema_problems(source, "portfolio")
    places = engagements_in(folder)
    for place in () if problems else places:
        try:
            found = _engagement(place)
        except HrkitError as error:
            problems.append(Problem(place.name, error.summary))
            continue
        problems += (
            one
            if one.where.startswith(place.name)
            else replace_(one, where=f"{place.name}: {one.where}")
            for one in found.problems
        )
        notes += (f"{place.name}: {note}" for note in found.notes)
    problems += (
        Problem(name, said, "give each its own id in engagement.yml")
        for name, said in same_ids(places).items()
    )
    return Checked("portfolio", tuple(dict.fromkeys(problems)), tuple(notes))


def _engagement(path: Path) -> Checked:
    """The file, what lies beside it, and what the answers in the store say."""
    from hrkit.answers.checked import check_store
    from hrkit.answers.neighbours import unread_stores
    from hrkit.answers.places import dropped_notes, place_notes
    from hrkit.assessment import load as burden
    from hrkit.assessment import ready
    from hrkit.assessment.told_first import told_too_late, untold
    from hrkit.commands.duties.held import problems_of_tools
    from hrkit.commands.template import out_of_date

    problems = engagements.check(path)
    try:
        engagement = engagements.load(path)
    except EngagementError:
        return Checked("engagement", problems)
    stored = check_store(engagement)
    # A file may be looked at twice: as one that is there, and as one that is used.
    found = tuple(dict.fromkeys((*problems, *ready.problems(engagement), *stored.problems)))
    found = (*found, *_tools(engagement), *problems_of_tools(engagement), *_unreasoned(engagement))
    notes = (*stored.notes, *unread_stores(engagement), *place_notes(engagement))
    notes = (*notes, *_unseen(engagement.folder), *ready.notes(engagement))
    notes = (*notes, *spoken_notes(engagement))
    notes = (*notes, *(() if _tools(engagement) else burden.told(engagement)))
    found = (*found, *told_too_late(engagement))
    notes = (*notes, *untold(engagement), *dropped_notes(engagement))
    # The words of a template may be what is wrong.
    if not check_words(engagement) and (old := out_of_date(engagement)):
        place = shlex.quote(str(path if path.is_dir() else path.parent))
        notes = (*notes, _OLD.format(names=" and ".join(old), place=place))
    return Checked("engagement", found, notes)


def _unseen(folder: Path) -> tuple[str, ...]:
    """What nobody can see in the folder's own settings and words, and is taken out."""
    files = [folder / engagements.FILE, *(folder.glob("*.yml"))]
    files += [file for name in _OWN for file in (folder / name).rglob("*.yml")]
    notes = []
    for file in dict.fromkeys(sorted(files)):
        source = read_yaml(file, str(file.relative_to(folder)))
        for path, kinds in source.unseen[:_NAMED]:
            notes.append(f"{source.where(path)}: {' and '.join(kinds)} are taken out.")
        if len(source.unseen) > _NAMED:
            notes.append(f"{source.name}: so they are in {len(source.unseen) - _NAMED} more texts.")
    return tuple(notes)


def _tools(engagement: Engagement) -> tuple[Problem, ...]:
    """What is wrong with the engagement's tools: a part that cannot be used, or more than people have time for."""
    from hrkit.assessment.load import too_long
    from hrkit.assessment.parts import parts_of
    from hrkit.model.family import dropped
    from hrkit.model.tool import SITTING, SITTINGS

    try:
        parts_of(engagement)
        # What one that is taken up no more has printed is asked for at every release.
        for id in dropped(engagement):
            engagements.load(engagement.folder / id)
    except HrkitError as error:
        return error.problems or (Problem(engagement.folder.name, error.summary),)
    if engagement.synthetic:
        return ()
    return tuple(
        Problem(
            f"{engagements.FILE}, tools",
            f"in {wave} the forms take more than {SITTINGS} sittings of {SITTING} minutes: {', '.join(long)}",
            "ask a tool in another round (asked: {TOOL: [ROUND]}), or fewer perspectives",
        )
        for wave, long in too_long(engagement).items()
    )


def _unreasoned(engagement: Engagement) -> tuple[Problem, ...]:
    """Actions that were put off or given up, and why is not said: it is printed, as in the workbook of actions."""
    from hrkit.commands.actions_read import WITH_REASON

    return tuple(
        Problem(
            f"{engagements.FILE}, followed {place}",
            f"“{one.action}” is {one.status}, and why is not said",
            "write the reason (note: …): those who come to the next round read it",
        )
        for place, one in enumerate(engagement.followed, 1)
        if one.status in WITH_REASON and not one.note.strip()
    )


def _mapping_problems(path: Path, folder: Path) -> tuple[Problem, ...]:
    from hrkit.answers.readers.mapping import load_mapping

    own = (folder / engagements.FILE).is_file()
    known = [engagements.load(folder)] if own else list(Portfolio.load(folder).clients.values())
    try:
        load_mapping(path, *known)
    except AnswersError as error:
        return error.problems or (Problem(path.name, error.summary),)
    return ()
