"""An engagement with tools, answered as a test says: what it takes to play one whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.stats import binom

from hrkit.answers.files.excel import PROPERTY
from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.assessment.assessment import assess
from hrkit.assessment.parts import nobody
from hrkit.commands.new import new
from hrkit.commands.tools import tools
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Question
from hrkit.publish.fillable import render_fillable
from hrkit.records.store import records_of
from hrkit.tools import forms_of

#: What the answer of a perspective to a question is drawn around.
Mind = Callable[[Question, str], float]


def engaged(folder: Path, *ids: str, language: str = "da", name: str = "Nordby Kommune") -> Path:
    """A new engagement that has taken tools up."""
    new(folder, name, language)
    path = folder / engagements.FILE
    text = path.read_text("utf-8").replace('  name: ""', '  name: "Jo Holm"', 1)
    text = text.replace(f'audience:\n  {language}: ""', f'audience:\n  {language}: "Alle"')
    path.write_text(text, "utf-8")
    tools(folder, ids)
    return folder


def answer(
    folder: Path,
    people: Mapping[str, int],
    mind: Mind,
    *,
    seed: int = 1,
    spread: float = 0.7,
    wave: str = "w1",
) -> Engagement:
    """Answers of so many people, by perspective, in an engagement or a part of one."""
    engagement = engagements.load(folder)
    rng = np.random.default_rng(seed)
    rows, given = [], []
    for perspective, n in people.items():
        for _ in range(n):
            key = f"{wave if wave != 'w1' else ''}{len(rows):05d}"
            rows.append((key, wave, engagement.root.id, perspective, None, None))
            own = rng.normal(0, 0.25)
            for question in engagement.instrument.questions(perspective):
                scale = question.facet.scale
                if scale.kind != "rating":
                    continue
                drawn = np.rint(mind(question, perspective) + own + rng.normal(0, spread))
                value = int(np.clip(drawn, scale.low, scale.high))
                given.append((key, question.item.id, question.facet.id, str(value)))
    with open_store(engagement) as store:
        store.add(tables(rows, given))
    return engagement


def typed(
    folder: Path, name: str, language: str, said: Mapping[str, Mapping[str, str]], path: Path
) -> Path:
    """The workbook of an open sheet as somebody filled it in: by a line's id, a field's id and its label.

    An id that no line has is written on a line of one's own.
    """
    engagement = engagements.load(folder)
    words = engagement.words(language)
    form = forms_of(engagement)[name](engagement, words)
    kept = records_of(engagement).of(engagement.stored_under(engagement.waves[-1].id))
    made = form.fillable(words, kept, (PROPERTY, f"{engagement.id} {name}"))
    at = {one.id: 1 + len(form.heads) + i for i, one in enumerate(form.fields)}
    at["reason"] = len(made.columns) - 1
    rows = {row[0]: list(row) for row in made.rows}
    for id, fields in said.items():
        row = rows.setdefault(id, [""] * len(made.columns))
        for field, text in fields.items():
            row[at[field]] = text
    info = assess(folder, language=language, released=nobody(engagement, "w1")).info
    path.write_bytes(render_fillable(replace(made, rows=tuple(map(tuple, rows.values()))), info))
    return path


def page_rate(named: Callable[[float, int], bool], n: int, share: float, of: int) -> float:
    """How often a page of so many independent shares names any, where all of them are as the null says; exact."""
    rare = sum(binom.pmf(k, n, share) for k in range(n + 1) if named(round(k / n, 2), n))
    return float(1 - (1 - rare) ** of)
