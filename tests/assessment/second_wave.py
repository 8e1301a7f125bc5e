"""A made-up client a year later: the first wave frozen, the second one with other answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import yaml

from hrkit import synthetic
from hrkit.answers.store import open_store
from hrkit.assessment.assessment import Assessment, assess
from hrkit.disclosure import release
from hrkit.disclosure.released import Released
from hrkit.model import engagement_file as engagements

SEED = 11


def lived_on(name: str, folder: Path) -> tuple[Assessment, Released]:
    """The second wave's report, and what was released of the first."""
    client = synthetic.client(name)
    synthetic.build(client, folder)
    release.freeze(engagements.load(folder), "w1", dt.date(2026, 11, 1))
    path = folder / engagements.FILE
    data = yaml.safe_load(path.read_text("utf-8"))
    second = {**data["waves"][0], "id": "w2", "opens": "2027-10-05", "closes": "2027-10-30"}
    second["name"] = {key: f"{text} 2" for key, text in second["name"].items()}
    data["waves"].append(second)
    data["invited"] += [{**row, "wave": "w2"} for row in data["invited"]]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        store.add(synthetic.answers(engagement, replace(client, seed=SEED), "w2"))
    before = release.preview(engagement, "w1")
    return assess(folder, wave="w2", released=release.issue(engagement, "w2")), before
