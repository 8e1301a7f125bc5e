"""Draw codes for people to answer with, and print them as slips."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hrkit.answers.store import Slip, Store, open_store
from hrkit.commands.outputs import Outputs
from hrkit.errors import HrkitError, Problem
from hrkit.files import write_all
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.text import shown

__all__ = ["Drawn", "codes"]

#: Sub-folder of the engagement's folder where slips go.
FOLDER = "papers"
_MOST = 2000
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+/?")


@dataclass(frozen=True)
class Drawn:
    """What was drawn: the slips as a file, and how many codes of each kind.

    ``withdrawn`` says whether a code was taken back; ``names`` is the list with its codes.
    """

    file: Path | None
    counts: tuple[tuple[Slip, int], ...]
    withdrawn: bool = False
    names: Path | None = None


def codes(
    folder: str | Path,
    *,
    wave: str = "",
    unit: str = "",
    perspective: str = "",
    count: int = 0,
    address: str = "",
    withdraw: str = "",
    list: str | Path | None = None,
    nameless: bool = False,
    again: str = "",
    erase: bool = False,
    output: str | Path | None = None,
    overwrite: bool = False,
) -> Drawn:
    """Draw codes and print them as slips, in every language of the engagement.

    Without a unit and a perspective, as many as were invited by ``invited:`` in engagement.yml and
    have none yet.  The store keeps hashes: a slip that is lost cannot be printed again, another one
    is drawn for the same chair.

    Parameters
    ----------
    folder
        The engagement's folder.
    wave
        Id of the wave; the latest if empty.
    unit, perspective, count
        For whom, and how many.
    address
        What phones open, ``http://192.168.8.2:8700/``; this machine's own address if empty.
    withdraw
        A code that was lost, if it is known: nobody can begin with it any more.
    list
        A list of those who get codes (name, unit, perspective, tier, pair), outside of the
        engagement's folder.  Slips then bear the names, and a copy of the list gets the codes:
        both go into ``output``, outside as well, and stay with whoever hands the slips out.  Who
        has a code in the list already gets no other.
    nameless
        Use such a list to count only: no name is printed or kept.
    again
        A code that got lost: it opens nothing any more, and another one is drawn for the same
        chair.  What was answered under it stays and counts; the new code opens an empty form, and
        nothing says that the two belong together.  Who had begun and answers again would count
        twice.
    erase
        With ``again``: erase what was answered under the lost code, so that nobody counts twice.
    output
        Folder for the slips; ``papers`` in the engagement's if not given.

    Returns
    -------
    Drawn
        The file, and what was drawn.

    Raises
    ------
    HrkitError
        If nothing says how many, the unit or perspective is not there, or the wave is frozen: no
        code is drawn then.
    """
    engagement = engagements.load(folder)
    round_ = engagement.wave(wave or None)
    home = Path(output) if output is not None else engagement.folder / FOLDER
    if home.exists() and not home.is_dir():
        raise HrkitError(f"{home} is a file; name a folder for the slips (-o).")
    base = _base(address)
    if erase and not again:
        raise HrkitError("Only what lies under a lost code is erased: name it (--again).")
    if list is not None:
        if unit or perspective or count or withdraw or again:
            raise HrkitError("A list says itself who gets a code; name nothing else beside it.")
        return _of_list(engagement, round_.id, Path(list), nameless, home, base, output is None)
    if nameless:
        raise HrkitError("Without a list (--list) there are no names.")
    if again:
        return _again(engagement, round_.id, again, erase, home, base)
    with open_store(engagement) as store:
        back = bool(withdraw) and store.withdraw(withdraw, round_.id)
        wanted = _wanted(engagement, store, round_.id, unit, perspective, count)
        if withdraw and not wanted:
            return Drawn(None, (), back)
        place = home / f"{engagement.id}-{round_.id}-{_name(home, engagement, round_.id)}.pdf"
        outputs = Outputs(engagement.folder, overwrite)
        outputs.check({place: b""})
        drawn = [(slip, store.hand_out(round_.id, slip, n)) for slip, n in wanted]
    # Drawn first and printed then: slips of codes that are not in the store would open nothing.
    coded = [(slip, code, "") for slip, codes in drawn for code in codes]
    outputs.write({place: _printed(engagement, round_.id, coded, base)}, final=False)
    return Drawn(place, tuple((slip, len(made)) for slip, made in drawn), back)


def _of_list(
    engagement: Engagement,
    wave: str,
    path: Path,
    nameless: bool,
    home: Path,
    base: str,
    nowhere: bool,
) -> Drawn:
    """Codes for the people of a list; the names stay outside of the engagement's folder."""
    from hrkit.commands.names import apart, read_people, workbook

    if not nameless and nowhere:
        raise HrkitError(
            "Slips with names, and the list with its codes, do not lie beside the answers: say "
            "where they go, outside of the engagement's folder (-o), or draw codes without names "
            "(--nameless)."
        )
    if not nameless:
        apart(home, engagement, "The list with names")
    listed = read_people(path, engagement, wave)
    lacking = [one for one in listed if not one.code]
    if len(lacking) > _MOST:
        raise HrkitError(f"{len(lacking)} people are more than {_MOST}; split the list.")
    if not lacking:
        return Drawn(None, ())
    counts: dict[Slip, int] = {}
    for one in lacking:
        counts[one.slip] = counts.get(one.slip, 0) + 1
    name = f"{engagement.id}-{wave}-{_name(home, engagement, wave)}"
    place = home / f"{name}.pdf"
    outputs = Outputs(engagement.folder)
    if nameless:
        outputs.check({place: b""})
    with open_store(engagement) as store:
        drawn = {slip: [*store.hand_out(wave, slip, n)] for slip, n in counts.items()}
    # In the order of the list only where it bears names: without them it would tell who got which.
    done = [one if one.code else one.with_code(drawn[one.slip].pop()) for one in listed]
    fresh = [
        (new.slip, new.code, new.name)
        for old, new in zip(listed, done, strict=True)
        if not old.code
    ]
    told = tuple(counts.items())
    if nameless:
        plain = sorted(((slip, code, "") for slip, code, _ in fresh), key=lambda one: one[1])
        outputs.write({place: _printed(engagement, wave, plain, base)}, final=False)
        return Drawn(place, told)
    kept = home / f"{name.replace('slips', 'names')}.xlsx"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Not told to the folder what was written: not even a digest of a name lies there.
    write_all(
        {
            kept: workbook(done, engagement, wave, engagement.language),
            place: _printed(engagement, wave, fresh, base),
        }
    )
    return Drawn(place, told, names=kept)


def _again(
    engagement: Engagement, wave: str, code: str, erase: bool, home: Path, base: str
) -> Drawn:
    """Another code in place of one that got lost."""
    place = home / f"{engagement.id}-{wave}-{_name(home, engagement, wave)}.pdf"
    outputs = Outputs(engagement.folder)
    outputs.check({place: b""})
    with open_store(engagement) as store:
        found = store.replace_code(code, wave, erase=erase)
    if found is None:
        raise HrkitError(f"Nobody was given the code {shown(code)} in {wave}.")
    chair, drawn = found
    outputs.write({place: _printed(engagement, wave, [(chair, drawn, "")], base)}, final=False)
    return Drawn(place, ((chair, 1),), True)


def _base(address: str) -> str:
    from hrkit.commands.serve import PORT
    from hrkit.room.net import addresses

    if not address:
        found = (*addresses(), "127.0.0.1")[0]
        return f"http://{found}:{PORT}/"
    if not _ADDRESS.fullmatch(address):
        raise HrkitError(f"{address!r} is no address; write it as http://192.168.8.2:{PORT}/")
    return address.rstrip("/") + "/"


def _wanted(
    engagement: Engagement, store: Store, wave: str, unit: str, perspective: str, count: int
) -> list[tuple[Slip, int]]:
    problems = []
    if count < 0 or count > _MOST:
        problems.append(Problem("count", f"{count} is not between 0 and {_MOST}"))
    if perspective and perspective not in engagement.instrument.perspectives:
        known = ", ".join(engagement.instrument.perspectives)
        problems.append(Problem("perspective", f"there is no {perspective!r}", f"use {known}"))
    units = [one.id for one in engagement.units_in(wave)]
    if unit and unit not in units:
        problems.append(Problem("unit", f"there is no {unit!r}", f"use {', '.join(units)}"))
    if perspective and not count:
        problems.append(Problem("count", "is missing", "say how many codes"))
    if problems:
        raise HrkitError("No code was drawn.", problems)
    if perspective:
        return [(Slip(unit or engagement.root.id, perspective), count)]
    out = store.handed_out(wave)
    there: dict[tuple[str, str], int] = {}
    for slip, n in out.items():
        there[slip.unit, slip.perspective] = there.get((slip.unit, slip.perspective), 0) + n
    wanted = [
        (Slip(row.unit, row.perspective), row.n - there.get((row.unit, row.perspective), 0))
        for row in engagement.invited
        if row.wave == wave and (not unit or row.unit == unit)
    ]
    wanted = [(slip, n) for slip, n in wanted if n > 0]
    if not wanted and not out:
        raise HrkitError(
            "Nothing says how many codes: write who is invited under invited: in engagement.yml, "
            "or name --perspective and --count (and --unit)."
        )
    return wanted


def _name(home: Path, engagement: Engagement, wave: str) -> str:
    """A name that no slips have yet: codes cannot be printed twice, so no slip is replaced."""
    number = 1
    while (home / f"{engagement.id}-{wave}-slips-{number}.pdf").exists():
        number += 1
    return f"slips-{number}"


def _printed(
    engagement: Engagement, wave: str, drawn: Sequence[tuple[Slip, str, str]], base: str
) -> bytes:
    from hrkit.forms.pages import role_name, unit_name
    from hrkit.publish.pdf import render_pdf
    from hrkit.report.handouts.slips import Coded, slip_pages
    from hrkit.report.running import paper_info
    from hrkit.room.net import qr

    engagement = engagement.as_in(wave)
    own = engagement.language
    spoken = (own, *(one for one in engagement.languages if one != own))
    words = [engagement.words(one) for one in spoken]
    made = [
        Coded(
            code,
            " · ".join(
                dict.fromkeys(
                    role_name(engagement.instrument, slip.perspective, one) for one in spoken
                )
            ),
            unit_name(engagement, engagement.unit(slip.unit), words[0])
            if len(engagement.units) > 1
            else "",
            qr(f"{base}#{code}"),
            name,
        )
        for slip, code, name in drawn
    ]
    day = engagement.report.date or dt.date.today()
    info = paper_info(engagement, words[0], words[0]("room.slip.title"), day)
    return render_pdf((info, *slip_pages(made, base, words)))
