"""What the processes of a batch do, each with one organisation; see `hrkit.commands.batch`.

``issue`` measures and issues a wave and leaves jobs: files of released tables.  ``make`` prints one job.
They run in different processes, so whatever prints has never held an answer, nor another organisation's
numbers.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.commands.batch_warm import kit_version
from hrkit.commands.sealed import NO_KEYS, take_keys

if TYPE_CHECKING:
    from hrkit.disclosure.released import ComparedWith

__all__ = ["issue", "make", "norms_file", "tells_the_same", "told_of_others"]

_HALF = 32
_BINARY = getattr(os, "O_BINARY", 0)


def issue(
    folder: str,
    languages: list[str],
    profiles: list[str],
    wave: str,
    also: list[str],
    sheets: bool,
    trusting: bool,
    jobs: str,
    parcel: bool = False,
    norms: str = "",
    keys: Mapping[str, str] = NO_KEYS,
) -> dict[str, Any]:
    """Issue a wave and say which documents are to be made of it, each with its key.

    Parameters
    ----------
    folder
        The engagement's.
    languages, profiles
        The engagement's own where empty.
    wave, also, trusting
        As in `hrkit.commands.report.report`.
    sheets
        A sheet for each unit that has figures, too.
    jobs
        Where the released tables are left.
    parcel
        Leave a parcel for other machines, too.
    norms
        Folder in which it is said what each organisation is told of the others; nothing for no benchmark.
    keys
        Of the organisation's encrypted files, by place; they came through a pipe and are in no file.

    Returns
    -------
    dict
        ``client``, ``messages``, ``job`` (the file), ``parcel`` (the file, if asked for), ``documents``
        (name, what it is, key), and what these tell of.
    """
    from hrkit.answers.neighbours import unread_stores
    from hrkit.assessment.job import job_text
    from hrkit.assessment.parts import OPENLY, answered, issue_all, unanswered
    from hrkit.commands.batch_inputs import digests, pack, versions
    from hrkit.commands.making import ordered
    from hrkit.commands.outputs import report_name

    take_keys(keys)
    orders = [
        ordered(folder, language=language, profile=profile, wave=wave, also=also, trust=trusting)
        for language in languages or [""]
        for profile in profiles or [""]
    ]
    engagement, round = orders[0].engagement, orders[0].wave
    openly = [order for order in orders if order.profile == OPENLY]
    released, parts = issue_all(engagement, round, openly=bool(openly))
    without: tuple[str, ...] = ()
    if len(openly) < len(orders) and openly and not answered(engagement, round):
        # Of a round of tools alone there is what needs no answer to the questionnaire, and no more.
        left = ", ".join(dict.fromkeys(o.profile for o in orders if o.profile != OPENLY))
        without = (f"nobody answered {engagement.instrument.id} in {round}, so there is no {left}",)
        orders = openly
    others = told_of_others(norms, engagement.id)
    text = job_text(engagement, released, parts, others)
    job = (
        Path(jobs) / f"job-{hashlib.sha256(str(engagement.folder).encode()).hexdigest()[:16]}.json"
    )
    handle = os.open(job, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    packed = job.with_suffix(".parcel")
    if parcel:
        pack(engagement, text, packed)
    lies = list(digests(engagement))
    made_of = [kit_version(), json.dumps(versions()), text, *lies]
    alone = text if others is None else job_text(engagement, released, parts)
    tells = _digest([alone, *lies])
    documents = [
        {
            "name": order.name,
            "language": order.language,
            "what": order.profile,
            "unit": "",
            "given": dict(order.given),
            "key": _key(
                tells, [*made_of, order.name, order.profile, dict(order.given), order.also]
            ),
        }
        for order in orders
    ]
    if sheets:
        with_figures = {one.unit for one in released.scores if one.shown}
        documents += [
            {
                "name": (name := report_name(engagement, round, language, f"sheet-{unit.id}")),
                "language": language,
                "what": f"sheet-{unit.id}",
                "unit": unit.id,
                "given": {"language": language},
                "key": _key(tells, [*made_of, name]),
            }
            for language in dict.fromkeys(order.language for order in orders)
            for unit in engagement.units
            if unit.id in with_figures and unit.parent is not None
        ]
    undecided = "who will see the report is not said yet (audience in engagement.yml)"
    silent = unanswered(engagement, round, parts)
    return {
        "client": engagement.client,
        "wave": round,
        "waves": [round, *engagement.wave(round).was],
        "tells": tells,
        "released": released.wave,
        "final": released.state == "final",
        "job": str(job),
        "parcel": str(packed) if parcel else "",
        "kit": kit_version(),
        "home": str(engagement.folder),
        "messages": [
            *unread_stores(engagement),
            *without,
            *(f"nobody has answered {id} in this wave, so it has no chapter" for id in silent),
            *((undecided,) if engagement.undecided else ()),
        ],
        "documents": documents,
    }


def told_of_others(folder: str, organisation: str) -> ComparedWith | None:
    """What one organisation is told of the others, where a benchmark was made that counts it."""
    from hrkit.disclosure.released import compared_from_json

    place = Path(folder) / norms_file(organisation)
    return (
        compared_from_json(json.loads(place.read_text("utf-8")))
        if folder and place.is_file()
        else None
    )


def norms_file(organisation: str) -> str:
    """The name of the file in which it is said."""
    return f"norms-{hashlib.sha256(organisation.encode()).hexdigest()[:16]}.json"


def make(
    job: str,
    folder: str,
    document: Mapping[str, Any],
    wave: str,
    also: list[str],
    trusting: bool,
    into: str,
    keys: Mapping[str, str] = NO_KEYS,
) -> dict[str, Any]:
    """Print one document of a job into a folder, and look whether its files are whole.

    Returns
    -------
    dict
        ``files`` (name to digest) and ``messages``.
    """
    from hrkit.assessment.job import VARIABLE
    from hrkit.publish.batch.manifest import digest
    from hrkit.publish.batch.whole import check_whole

    take_keys(keys)
    # The notebook takes its copy and removes it: this step may be made once more.
    copy = f"{job}.{os.getpid()}"
    shutil.copyfile(job, copy)
    os.environ[VARIABLE] = copy
    name = Path(str(document["name"]))
    try:
        if document["unit"]:
            contents, messages = _sheet(folder, document)
        else:
            contents, messages = _report(folder, document, wave, also, trusting)
    finally:
        Path(copy).unlink(missing_ok=True)
    files = {}
    for kind, data in contents.items():
        check_whole(kind, data, name.stem)
        place = Path(into) / name.with_suffix(f".{kind}").name
        opened = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        files[place.name] = digest(data)
    return {"files": files, "messages": list(messages)}


def _report(
    folder: str, document: Mapping[str, Any], wave: str, also: list[str], trusting: bool
) -> tuple[Mapping[str, bytes], tuple[str, ...]]:
    from hrkit.commands.making import made, ordered

    order = ordered(folder, also=also, trust=trusting, **document["given"])
    what = made(order, wave, {}, Path(str(document["name"])).stem)
    return what.files, what.messages


def _sheet(folder: str, document: Mapping[str, Any]) -> tuple[Mapping[str, bytes], tuple[str, ...]]:
    from hrkit.assessment.assessment import assess
    from hrkit.publish.pdf import render_pdf

    shown = assess(folder, **document["given"]).unit_sheet(str(document["unit"]))
    return {"pdf": render_pdf(shown.blocks)}, ()


def _key(tells: str, parts: list[Any]) -> str:
    """What a document is made of; its end says what its organisation's documents tell of, whoever made them."""
    return _digest(parts)[:_HALF] + tells[:_HALF]


def tells_the_same(key: str, tells: str) -> bool:
    """Whether a document of this key tells of the same answers, settings, records and texts."""
    return key[_HALF:] == tells[:_HALF]


def _digest(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8")).hexdigest()
