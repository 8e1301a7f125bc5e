"""The one place where attacks touch the kit: what a consultant does, and what leaves it.

Engagement folders are written as files, answers are imported from files or saved as the form does,
and a version is issued as `hrkit report` issues it, without a kernel.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from hrkit import load_engagement
from hrkit.answers.quality import signs as signs_of
from hrkit.answers.readers.template import read_answers
from hrkit.answers.store import open_store
from hrkit.commands.report import report
from hrkit.commands.undo import undo as take_back
from hrkit.disclosure import release
from hrkit.disclosure.derived.derive import derive
from hrkit.disclosure.derived.silence import answered_in_units
from hrkit.disclosure.why import Why
from hrkit.errors import HrkitError

from .delivery.ballots import choosing, chosen, picked
from .delivery.facts import (
    Change,
    Count,
    Delivery,
    Distance,
    Gap,
    Mean,
    People,
    Shares,
    Ways,
    Without,
)
from .delivery.readback import delivery_of
from .delivery.world import Questionnaire

__all__ = ["Refused", "erase", "freeze", "issued", "save", "take", "write"]

Refused = HrkitError


def write(folder: Path, data: Mapping[str, Any]) -> None:
    """Write ``engagement.yml``."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = {
        "hrkit": 1, "id": "test", "client": "Test A/S", "consultant": {"name": "C. Onsultant"},
        "language": "en", "languages": ["en"], "instrument": "partnership",
        "targets": {"default": 4}, "audience": {"en": "Everybody."},
        "report": {"profile": "full", "paper": "a4", "date": "2026-11-21"}, **data,
    }  # fmt: skip
    (folder / "engagement.yml").write_text(json.dumps(whole, indent=1, ensure_ascii=False), "utf-8")


def take(folder: Path, rows: Sequence[Mapping[str, str]], keys: Sequence[str]) -> None:
    """Import people; who is there already is replaced."""
    path = folder / "answers.csv"
    names = {"code": "Code", "wave": "Round", "unit": "Unit", "perspective": "Perspective",
             "level": "Management level", "pair": "Partner pair",
             "language": "Language"}  # fmt: skip
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([*names.values(), *keys])
        out.writerows([row.get(k, "") for k in (*names, *keys)] for row in rows)
    engagement = load_engagement(folder)
    with open_store(engagement) as store:
        store.add(read_answers(path, engagement), replace=True)
    path.unlink()


def save(folder: Path, code: str, wave: str, values: Mapping[str, str | None]) -> None:
    """Go on with a code in the form and change some answers."""
    engagement = load_engagement(folder)
    questions = engagement.instrument.keys
    with open_store(engagement) as store:
        found = store.resume(code, wave)
        assert found is not None
        for key, value in values.items():
            store.save(found.respondent, questions[key].item.id, questions[key].facet.id, value)


def erase(folder: Path, code: str) -> None:
    """Erase whoever holds a code, from all waves."""
    with open_store(load_engagement(folder)) as store:
        store.erase(store.find(code))


def imports(folder: Path) -> list[str]:
    """Names of the imports that can be undone, oldest first."""
    if not (folder / "answers.sqlite").exists():
        return []
    with open_store(load_engagement(folder), write=False) as store:
        return [one.name for one in store.imports()]


def undo(folder: Path, name: str) -> None:
    """Undo an import, as the command does."""
    take_back(folder, name)


def signs(folder: Path, wave: str, codes: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """The signs of careless rows, by the names that codes stand for; nobody outside has them."""
    engagement = load_engagement(folder)
    with open_store(engagement, write=False) as store:
        found = signs_of(store.read(wave), engagement.instrument)
        return {
            id: found[key] for code, id in codes.items() for key in store.find(code) if key in found
        }


def comment_ids(folder: Path, wave: str) -> list[str]:
    """Ids of all comments of a wave, for passing them."""
    with open_store(load_engagement(folder)) as store:
        return sorted(store.comments(wave)["id"])


def freeze(folder: Path, wave: str) -> None:
    """Freeze a wave as it was issued last."""
    release.freeze(load_engagement(folder), wave, dt.date(2026, 11, 21))


def preview(folder: Path, wave: str) -> None:
    """Look at a version that is not handed on; refused where the engagement contradicts its past."""
    release.preview(load_engagement(folder), wave)


def issued(folder: Path, wave: str) -> Delivery:
    """Issue a version of a wave and take what it says from the released tables."""
    engagement = load_engagement(folder)
    return told(release.issue(engagement, wave), engagement)


def printed(folder: Path, wave: str, questions: Questionnaire) -> Delivery:
    """Print a report with every format beside it, as the command does, and read the files."""
    out = folder.parent / "printed"
    out.mkdir(exist_ok=True)
    report(
        folder,
        language="en",
        wave=wave,
        output=out / "report.pdf",
        keep_notebook=True,
        also=("html", "docx", "xlsx"),
        overwrite=True,
    )
    return delivery_of(out, "report", wave, questions)


def told(found: Any, engagement: Any) -> Delivery:
    """All that released tables say."""
    groups = {g.id: tuple(g.perspectives) for g in found.groups}
    root = engagement.root.id
    invited = {
        (unit.id, id): n
        for unit in engagement.units
        for id, names in groups.items()
        if (n := engagement.invited_to(found.wave, unit.id, names)) is not None
    }
    counts = [Count(t.unit, t.group, t.answered) for t in found.turnout if t.answered is not None]
    tree = engagement.as_in(found.wave)
    of = {one.id: one.parent for one in tree.units}
    inside = answered_in_units(
        found.scores,
        found.turnout,
        [s.id for s in tree.instrument.dimensions],
        {unit: of[unit] for unit in tree.within(root)},
        {(u, g): tree.invited_to(found.wave, u, names) for u in of for g, names in groups.items()},
        found.threshold,
    )
    counts += [Count(t.unit, t.group, t.answered) for t in inside if t.answered is not None]
    counts += [
        Count(s.unit, s.group, s.n, s.measure)
        for s in found.scores
        if s.n is not None and "/" not in s.group and s.group != "all"
    ]
    few = {(t.unit, t.group) for t in found.turnout if t.answered is None}
    return Delivery(
        wave=found.wave,
        groups=groups,
        threshold=found.threshold,
        means=tuple(
            Mean(
                s.measure,
                s.unit,
                s.group,
                s.mean,
                s.n,
                s.low,
                s.high,
                s.spread,
                s.units,
                s.dont_know,
            )
            for s in found.scores
            if s.mean is not None
        ),
        gaps=tuple(
            Gap(g.measure, g.first, g.second, g.difference, g.low, g.high)
            for g in found.gaps
            if g.difference is not None and g.unit == root
        ),
        changes=tuple(
            Change(
                c.measure,
                c.group,
                c.since,
                c.before,
                c.now,
                c.difference,
                (c.low, c.high, c.detectable),
                c.linked,
                c.together,
            )
            for c in found.changes
        ),
        shares=tuple(Shares(d.measure, d.group, d.shares) for d in found.distributions),
        distances=tuple(Distance(p.measure, p.distance, p.group) for p in found.priorities),
        counts=tuple(counts),
        few=frozenset(few),
        texts=tuple(c.text for c in found.comments),
        invited=invited,
        marks={
            (s.measure, s.unit, s.group): s.why.value
            for s in found.scores
            if not s.shown and s.group != "all" and "/" not in s.group
        },
        ways=tuple(
            Ways(s.measure, s.group, s.n, s.dont_know, s.not_relevant, s.together)
            for s in found.silences
            if s.n is not None
        ),
        people=(
            *(People("language", s.id, s.n) for s in found.languages if s.n is not None),
            *(People("sign", s.kind, s.n) for s in found.signs if s.n is not None),
            *choosing(found),
        ),
        without=tuple(Without(w.measure, w.group, w.n, w.mean) for w in found.without),
        derived=tuple(_derived(found, engagement)),
        picked=tuple(picked(found)),
    )


def _derived(found: Any, engagement: Any) -> Iterator[float]:
    """What follows from printed means; made again of these alone, so that nothing else can be in it."""
    bare = [
        replace(s, mean=None, low=None, high=None, n=None, reach=None, why=Why.SHOWN)
        if s.group == "all" and s.why in (Why.SHOWN, Why.DIVIDED)
        else replace(s, reach=None)
        for s in found.scores
    ]
    again = derive(bare, engagement.as_in(found.wave), found.groups, found.ballots)
    for name in ("gaps", "bands", "priorities", "contrasts", "between", "strengths"):
        assert getattr(again, name) == getattr(found, name), name
    for table in (found.priorities, found.contrasts, found.between):
        yield from (n for row in table for n in _numbers(row))
    yield from (s.reach for s in found.scores if s.reach is not None)
    yield from chosen(found, engagement.instrument)
    # Answers of a hundred and more stand behind these; what they tell is looked at elsewhere.
    assert all(one.n >= 100 for one in found.reliability)
    yield from (n for row in found.reliability for n in _numbers(row))
    # How far answers lie apart is told only where all of them are, as shares.
    bars = {(d.measure, d.group) for d in found.distributions}
    for one in found.agreements:
        section = next(s for s in engagement.instrument.dimensions if s.id == one.measure)
        keys = {section.measure(item) for item in engagement.instrument.scored_items(section)}
        means = {s.measure for s in found.scores if s.shown and s.group == one.group}
        assert {(key, one.group) for key in keys & means} <= bars
        # It is printed nowhere.


def _numbers(value: Any) -> Iterator[float]:
    if is_dataclass(value):
        for one in fields(value):
            yield from _numbers(getattr(value, one.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _numbers(part)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield float(value)
