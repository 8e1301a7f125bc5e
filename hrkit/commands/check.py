"""Find every problem of a file; change nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from hrkit.assessment.profile import check_profiles
from hrkit.commands.import_answers import read
from hrkit.errors import AnswersError, EngagementError, HrkitError, Problem
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.engagement import Engagement
from hrkit.model.wording import check_words
from hrkit.model.yamlfile import read_yaml
from hrkit.portfolio.split import engagements_in, portfolio
from hrkit.report.actions import check_actions

__all__ = ["Checked", "check_file"]


#: Sub-folders of an engagement with files of its own: what they hold, and what is wrong with it.
_OWN: Mapping[str, tuple[str, Callable[[Engagement], tuple[Problem, ...]]]] = {
    "actions": ("set of actions", check_actions),
    "profiles": ("report profile", check_profiles),
    "texts": ("set of texts", check_words),
}


class Checked(NamedTuple):
    """What a file is, everything that is wrong with it, and what is only worth knowing."""

    kind: str
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def check_file(
    path: Path,
    folder: Path | None = None,
    *,
    mapping: Path | None = None,
    encoding: str | None = None,
) -> Checked:
    """What a file is, and everything that is wrong with it; nothing is changed.

    Parameters
    ----------
    path
        An engagement folder or ``engagement.yml``, an instrument, a mapping, or answers.
    folder
        The engagement that answers or a mapping belong to; the file's own folder if not given.
    mapping
        For a file that another program wrote.
    encoding
        Of a text file with answers.

    Raises
    ------
    HrkitError
        If the file is not there, or cannot be told.
    """
    if not path.exists():
        raise HrkitError(f"There is no file {path}.")
    if path.is_dir() or path.name == engagements.FILE:
        return _engagement(path)
    own = _OWN.get(path.parent.name)
    if own and path.suffix == ".yml" and (path.parent.parent / engagements.FILE).is_file():
        kind, problems_of = own
        name = f"{path.parent.name}/{path.name}"
        wrong = problems_of(engagements.load(path.parent.parent))
        return Checked(kind, tuple(one for one in wrong if one.where.startswith(name)))
    if path.suffix.lower() in (".yml", ".yaml"):
        data = read_yaml(path).data
        if isinstance(data, dict) and "hrkit" in data:
            return _engagement(path)
        if isinstance(data, dict) and "answers" in data and "sections" not in data:
            return Checked("mapping", _mapping_problems(path, folder or path.parent))
        return Checked("instrument", instruments.check(path))
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise HrkitError(f"{path.name} is no .yml, .csv or .xlsx file.")
    folder = folder or path.parent
    try:
        if mapping is not None and not (folder / engagements.FILE).is_file():
            portfolio(path, folder, mapping)
        else:
            read(path, engagements.load(folder), mapping, encoding)
    except AnswersError as error:
        found = error.problems or (Problem(path.name, error.summary),)
        return Checked("file with answers", found)
    return Checked("file with answers")


def _engagement(path: Path) -> Checked:
    """The file, what lies beside it, and what the answers in the store say."""
    from hrkit.answers.checked import check_store
    from hrkit.assessment import ready

    problems = engagements.check(path)
    try:
        engagement = engagements.load(path)
    except EngagementError:
        return Checked("engagement", problems)
    stored = check_store(engagement)
    found = (*problems, *ready.problems(engagement), *stored.problems)
    return Checked("engagement", found, (*stored.notes, *ready.notes(engagement)))


def _mapping_problems(path: Path, folder: Path) -> tuple[Problem, ...]:
    from hrkit.answers.readers.mapping import load_mapping

    own = (folder / engagements.FILE).is_file()
    try:
        load_mapping(path, engagements.load(folder if own else engagements_in(folder)[0]))
    except AnswersError as error:
        return error.problems or (Problem(path.name, error.summary),)
    return ()
