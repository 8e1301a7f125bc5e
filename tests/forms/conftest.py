"""An engagement in a real folder with a real store, and a desk that speaks to one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hrkit.answers.store import Store, open_store
from hrkit.forms.session import Desk
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement

ENGAGEMENT = """\
hrkit: 1
id: acme
client: "Åkær Kommune"
consultant:
  name: "Kim Holm"
  organisation: "Holm & Co"
  email: "kim@holm.example"
  phone: "12 34 56 78"
language: da
languages: [da, en, nl]
instrument: {instrument}
units:
  - {{id: all, name: "Åkær Kommune"}}
  - {{id: care, name: "Sundhed og ældre", parent: all}}
  - {{id: care-north, name: "Nord", parent: care}}
  - {{id: school, name: "Skole og dagtilbud", parent: all}}
waves:
  - {{id: w1, name: {{en: "Spring 2026", da: "foråret 2026", nl: "voorjaar 2026"}}}}
  - {{id: w2, name: {{en: "Autumn 2026", da: "efteråret 2026", nl: "najaar 2026"}}}}
audience:
  en: "Top management and the head of HR. Leaders get the results of the whole organisation."
  da: "Topledelsen og HR-chefen. Lederne får resultaterne for hele organisationen."
  nl: "Het topmanagement en het hoofd van HR. Leidinggevenden krijgen de resultaten van het geheel."
"""


#: Tiers and pairs, to be put below an engagement.
BELONGING = """\
tiers:
  - {id: t1, name: {da: "Direktion", en: "Executive team", nl: "Directie"}, perspectives: [leader]}
  - {id: t2, name: {da: "Områdechefer", en: "Area heads", nl: "Gebiedshoofden"}, perspectives: [leader]}
pairs:
  - {id: p1, name: "Nord", perspectives: [leader, hr]}
"""


def make_folder(place: Path, instrument: str = "partnership") -> Path:
    """Write an engagement into a folder of its own."""
    place.mkdir()
    text = ENGAGEMENT.format(instrument=instrument)
    (place / "engagement.yml").write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "acme")


@pytest.fixture
def engagement(folder: Path) -> Engagement:
    return engagements.load(folder)


@pytest.fixture
def store(engagement: Engagement) -> Iterator[Store]:
    with open_store(engagement) as store:
        yield store


@pytest.fixture
def desk(engagement: Engagement, store: Store) -> Desk:
    return Desk(engagement, engagement.wave(), store, "da")


@pytest.fixture
def tell(desk: Desk) -> Callable[..., Any]:
    """Send a message as page ``a`` (or ``view=…``) and get the reply."""

    def send(type: str, view: str = "a", **content: Any) -> Any:
        return desk.handle({"type": type, "view": view, **content})

    return send
