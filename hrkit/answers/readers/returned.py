"""Answers that come back from a form that was handed out as a file, one person a file.

Such a file is outside data: anybody may have written it, with any program.  It is read whole or not
at all, every field is one that is known and of its kind, and whatever it says is checked against the
engagement as if it had been typed.  It names the engagement, the instrument's version and the wave it
was made for; another's is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hrkit.answers.codes import ALPHABET
from hrkit.answers.files.read import KINDS
from hrkit.answers.readers.rows import refused
from hrkit.answers.readers.twice import ONE_PERSON, Which
from hrkit.answers.responses import Reading, content_digest, tables
from hrkit.errors import AnswersError, Problem
from hrkit.files import only_a_file
from hrkit.model.belonging import asked_of
from hrkit.model.engagement import Engagement
from hrkit.text import clean, normal, shown

__all__ = ["FORMAT", "LARGEST", "SUFFIX", "is_returned", "read_returned"]

#: Version of the files, and how their names end.
FORMAT = 1
SUFFIX = ".hrkit.json"
#: Bytes of one file, files of one folder, and characters of an answer in own words.
LARGEST, MOST, LONGEST = 512 * 1024, 2000, 4000

_TEXTS = (
    "hrkit",
    "engagement",
    "client",
    "instrument",
    "version",
    "wave",
    "perspective",
    "unit",
    "language",
    "code",
)
_FIELDS = {*_TEXTS, "format", "tier", "pair", "answers", "saves"}
#: A form is saved so often at most; one of an earlier kit does not count it.
_MOST_SAVES = 1_000_000
_CODE = re.compile(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{2}}")


def is_returned(path: Path) -> bool:
    """Whether a path is such a file, or a folder of them."""
    return path.is_dir() or path.suffix.lower() == ".json"


def read_returned(path: Path, engagement: Engagement, twice: Which = "") -> Reading:
    """The answers of a file, or of all such files in a folder, whole or not at all.

    Parameters
    ----------
    engagement
        As its latest wave was begun.
    twice
        Which of several files under one code counts, as far as they say how often they were saved.

    Raises
    ------
    AnswersError
        With everything that is wrong, in every file.
    """
    files = sorted(one for one in path.iterdir() if _ours(one)) if path.is_dir() else [path]
    if not files:
        raise AnswersError(f"There is no file that ends with {SUFFIX} in {path}.")
    beside = sorted(one.name for one in path.iterdir() if one.suffix.lower() in KINDS) if path.is_dir() else []  # fmt: skip
    notes = [
        f"{path.name}: files of other programs beside those that forms have saved were not read: "
        f"{', '.join(map(shown, beside[:6]))}{', …' if len(beside) > 6 else ''}; name them by themselves."
    ] * bool(beside)
    if len(files) > MOST:
        raise AnswersError(f"{len(files)} files are more than {MOST}; take them in parts.")
    problems: list[Problem] = []
    people: list[tuple[str | None, ...]] = []
    answers: list[tuple[str, str, str, str]] = []
    codes: dict[str, str] = {}
    told: dict[str, dict[str, dict[str, Any]]] = {}
    for file in files:
        found = _read(file, problems)
        wrong = [] if found is None else list(_wrong(found, engagement))
        problems += [Problem(file.name, *one) for one in wrong]
        if found is not None and not wrong:
            told.setdefault(found["code"], {})[file.name] = found
    for label, found in _one_each(told, twice, problems, notes):
        codes[label] = found["code"]
        facts = ("wave", "unit", "perspective", "tier", "pair", "language")
        people.append((label, *(found.get(name) for name in facts)))
        for key, value in found["answers"].items():
            question = engagement.instrument.keys[key]
            text = clean(value) if question.facet.scale.kind == "text" else value
            if text.strip():
                answers.append((label, question.item.id, question.facet.id, text))
    if problems:
        raise refused(path.name, problems)
    responses = tables(people, answers)
    return Reading(responses, tuple(notes), content_digest(responses, codes), len(people), codes)


def _one_each(
    told: Mapping[str, Mapping[str, dict[str, Any]]],
    twice: Which,
    problems: list[Problem],
    notes: list[str],
) -> Iterator[tuple[str, dict[str, Any]]]:
    """One file of each person; of several the one that counts, where the form has counted its savings."""
    for files in told.values():
        first, *others = files
        saves = {name: found.get("saves", 0) for name, found in files.items()}
        ordered = sorted(saves, key=saves.__getitem__, reverse=twice == "last")
        clear = len(set(saves.values())) == len(saves)
        if not clear or (others and not twice):
            fix = ONE_PERSON if clear else "keep the one that came last"
            problems += [Problem(one, f"is the same person's as {first}", fix) for one in others]
        else:
            kept, *left = ordered
            yield kept, files[kept]
            notes += [
                f"{kept} and {one} have one code; the {twice} counts, by how often the form was saved, "
                "and the other was left out."
                for one in left
            ]


def _ours(path: Path) -> bool:
    return path.is_file() and path.name.lower().endswith(".json")


def _read(path: Path, problems: list[Problem]) -> dict[str, Any] | None:
    """The content as an object, each name once; None where it is none."""
    try:
        only_a_file(path)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            problems.append(Problem(path.name, f"is larger than {LARGEST // 1024} kB", _ANEW))
            return None
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_none)
    except OSError as error:
        problems.append(Problem(path.name, error.strerror or "cannot be opened", "check it"))
        return None
    except (ValueError, RecursionError):
        problems.append(Problem(path.name, "is no file that a form of the kit has saved", _ANEW))
        return None
    if not isinstance(found, dict) or found.get("hrkit") != "answers":
        problems.append(Problem(path.name, "is no file that a form of the kit has saved", _ANEW))
        return None
    return found


_ANEW = "ask for it to be saved and sent again"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _none(_: str) -> Any:
    raise ValueError("no such number")


def _wrong(data: Mapping[str, Any], engagement: Engagement) -> Iterator[tuple[str, str]]:
    """What of a file is not as a form of this engagement saves it."""
    strange = sorted(set(data) - _FIELDS)
    if strange:
        yield (
            f"holds {', '.join(shown(name) for name in strange[:10])}, which no form writes",
            _ANEW,
        )
    texts = {name: data.get(name) for name in _TEXTS}
    lacking = [name for name, text in texts.items() if not isinstance(text, str) or not text]
    lacking += [n for n in ("tier", "pair") if not isinstance(data.get(n), (str, type(None)))]
    if lacking or not isinstance(data.get("answers"), dict):
        yield f"has no {', '.join(lacking or ['answers'])} in a form that can be read", _ANEW
        return
    saves = data.get("saves", 1)
    if type(saves) is not int or not 0 < saves < _MOST_SAVES:
        yield "has no saves in a form that can be read", _ANEW
        return
    if type(data.get("format")) is not int or data["format"] != FORMAT:
        yield "is of another version of the kit", "write the forms anew: hrkit form DIR"
        return
    mine = engagement.id, normal(engagement.client)
    if (data["engagement"], normal(data["client"])) != mine:
        whose = f"{shown(data['engagement'])} ({shown(data['client'])})"
        yield f"was written for {whose}, not for {engagement.id}", "take it in where it belongs"
        return
    instrument = engagement.instrument
    asked = data["instrument"], data["version"]
    if asked != (instrument.id, instrument.version):
        yield (
            f"answers {shown(' '.join(asked))}, and {instrument.id} {instrument.version} is asked",
            "write the forms anew (hrkit form DIR), and have it answered with one of them",
        )
        return
    yield from _person(data, engagement)
    if data["perspective"] in instrument.perspectives:
        yield from _answers(data, engagement)


def _person(data: Mapping[str, Any], engagement: Engagement) -> Iterator[tuple[str, str]]:
    waves = [wave.id for wave in engagement.waves]
    here = data["wave"] if data["wave"] in waves else engagement.wave().id
    perspective = data["perspective"]
    known = {
        "wave": waves,
        "perspective": list(engagement.instrument.perspectives),
        "unit": [unit.id for unit in engagement.units_in(here)],
        "language": list(engagement.languages),
        "tier": [one.id for one in asked_of(engagement.tiers, perspective)],
        "pair": [one.id for one in asked_of(engagement.pairs, perspective)],
    }
    for name, ids in known.items():
        said = data.get(name)
        if said not in ids and not (said is None and (name == "pair" or not ids)):
            listed = ", ".join(ids[:20]) or "nothing"
            yield f"the {name} {shown(str(said))} is not there", f"use one of {listed}"
    if not _CODE.fullmatch(data["code"]):
        yield f"{shown(data['code'])} is no code of the kit's", _ANEW


def _answers(data: Mapping[str, Any], engagement: Engagement) -> Iterator[tuple[str, str]]:
    given = 0
    for key, value in data["answers"].items():
        question = engagement.instrument.keys.get(key)
        if question is None or data["perspective"] not in question.item.ask:
            yield f"{shown(key)} is not asked of {data['perspective']}", "take it out"
        elif not isinstance(value, str):
            yield f"{key} holds no text", _ANEW
        elif question.facet.scale.kind == "text":
            given += bool(value.strip())
            if len(value) > LONGEST:
                yield f"{key} has {len(value)} characters", f"shorten it to {LONGEST}"
        elif value not in question.facet.scale.answers:
            allowed = ", ".join(sorted(question.facet.scale.answers))
            yield f"{key}: {shown(value)} is none of its answers", f"use {allowed}"
        else:
            given += 1
    if not given:
        yield "has no answer to any question", "leave it out"
