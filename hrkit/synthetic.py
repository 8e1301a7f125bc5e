"""Made-up organisations for the demo, the tests and the benchmarks; always marked SYNTHETIC.

`build` writes an engagement folder with a store of answers drawn by a seeded generator: each
respondent has a tendency of their own, each unit and perspective a level per dimension, and
leaders and HR see some things differently, as they do in life.  The same seed gives the same
answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.errors import EngagementError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Question, Scale

if TYPE_CHECKING:
    from hrkit.answers.responses import Responses

__all__ = ["CLIENTS", "Client", "answers", "build", "client"]

#: Levels by perspective, in the order of the partnership instrument's dimensions:
#: roles, trust, presence, expertise, direction, leadership, across, chain, renewal.
_VIEWS: Mapping[str, tuple[float, ...]] = {
    "leader": (2.6, 3.8, 2.4, 3.5, 3.1, 3.3, 2.3, 2.7, 2.4),
    "hr": (3.5, 3.9, 3.6, 4.0, 3.4, 2.8, 2.6, 2.9, 2.7),
    "pay": (3.2, 3.7, 3.3, 3.8, 3.2, 3.0, 2.5, 2.8, 2.5),
    "top": (3.6, 3.9, 3.5, 3.7, 4.1, 3.6, 3.1, 3.8, 3.2),
    "network": (2.8, 3.5, 2.6, 3.3, 3.0, 3.2, 2.9, 2.8, 2.8),
    "employee": (3.0, 3.3, 2.8, 3.2, 3.0, 2.9, 2.4, 2.8, 2.6),
}
_IMPORTANCE = (4.2, 4.1, 4.4, 4.0, 3.9, 4.3, 3.6, 3.8, 3.4)


@dataclass(frozen=True)
class Client:
    """What a made-up organisation consists of.

    Attributes
    ----------
    units
        ``(id, name, parent)``; the first is the whole organisation.
    people
        Unit to perspective to ``(answered, invited)``.
    comments
        Texts given to the open questions, spread over the respondents.
    """

    id: str
    name: str
    language: str
    languages: tuple[str, ...]
    wave: Mapping[str, str]
    units: tuple[tuple[str, str, str | None], ...]
    people: Mapping[str, Mapping[str, tuple[int, int]]]
    audience: Mapping[str, str]
    consultant: Mapping[str, str]
    comments: tuple[tuple[str, str], ...] = ()
    instrument: str = "partnership"
    branding: Mapping[str, str] = field(default_factory=dict)
    seed: int = 20261121


def answers(engagement: Engagement, client: Client, wave: str) -> Responses:
    """Draw the answers of a client's people for one wave.

    Keys are made up here; the store gives random ones.
    """
    import numpy as np

    from hrkit.answers.responses import tables

    rng = np.random.default_rng(client.seed)
    instrument = engagement.instrument
    place = {s.id: d for d, s in enumerate(instrument.dimensions)}
    unit_level = {unit.id: rng.normal(0, 0.25, len(place)) for unit in engagement.units}
    item_level = {item: rng.normal(0, 0.3) for item in instrument.items}
    people: list[tuple[str | None, ...]] = []
    given: list[tuple[str, str, str, str]] = []
    # Drawn apart: which way out somebody takes changes no other answer.
    out = np.random.default_rng([client.seed, 1])
    remarks = list(client.comments)
    for unit, cells in client.people.items():
        for perspective, (count, _) in cells.items():
            for _ in range(count):
                key = f"{len(people):06d}"
                level = str(int(rng.integers(2, 5))) if perspective == "leader" else None
                people.append((key, wave, unit, perspective, level, None))
                own = rng.normal(0, 0.45)
                taste = rng.normal(0, 0.35, len(place))
                for question in instrument.questions(perspective):
                    item, scale = question.item, question.facet.scale
                    if scale.kind == "text":
                        continue
                    if question.section.score_facet is None or scale.kind == "category":
                        given += _other(rng, client, question, perspective, own, key)
                        continue
                    d = place.get(item.section, 0)
                    if item.role == "importance":
                        mean = _IMPORTANCE[d % len(_IMPORTANCE)] + 0.3 * own
                    else:
                        views = _VIEWS.get(perspective, _VIEWS["employee"])
                        mean = (
                            views[d % len(views)]
                            + own
                            + taste[d]
                            + unit_level[unit][d]
                            + item_level[item.id]
                        )
                    silent = rng.random() < (0.16 if perspective == "top" and d == 2 else 0.04)
                    if silent and scale.dont_know is not None:
                        given.append((key, item.id, question.facet.id, _way_out(out, scale)))
                        continue
                    value = int(np.clip(np.rint(mean + rng.normal(0, 0.75)), scale.low, scale.high))
                    value = scale.low + scale.high - value if item.reversed else value
                    given.append((key, item.id, question.facet.id, str(value)))
                if remarks and perspective in ("leader", "hr") and rng.random() < 0.4:
                    item_id, text = remarks.pop(0)
                    if item_id in instrument.items:
                        given.append((key, item_id, instrument.items[item_id].facets[0].id, text))
    return tables(people, given)


def _way_out(rng: Any, scale: Scale) -> str:
    """One of the ways out that a scale offers: two of three cannot see it, one does not do it."""
    return NOT_RELEVANT if scale.not_relevant and rng.random() < 1 / 3 else DONT_KNOW


def _other(
    rng: Any, client: Client, question: Question, perspective: str, own: float, key: str
) -> list[tuple[str, str, str, str]]:
    """An answer to a question outside the dimensions: a rating, or a choice.

    What a perspective thinks of a question is drawn from the question's own name, so that it is
    the same for all its people and differs between perspectives, as it does in life.
    """
    import numpy as np

    facet, scale = question.facet, question.facet.scale
    mind = np.random.default_rng([client.seed, *f"{question.key} {perspective}".encode()])
    shared = np.random.default_rng([client.seed, *question.key.encode()])
    if rng.random() < 0.03:
        return []
    if scale.dont_know is not None and rng.random() < 0.06 + 0.12 * shared.random():
        return [(key, question.item.id, facet.id, DONT_KNOW)]
    if scale.kind == "rating":
        span = scale.high - scale.low
        middle = scale.low + span * (0.6 + 0.16 * shared.normal() + 0.06 * mind.normal())
        value = int(
            np.clip(np.rint(middle + own + rng.normal(0, 0.17 * span)), scale.low, scale.high)
        )
        return [(key, question.item.id, facet.id, str(value))]
    weight = shared.gamma(0.7, size=len(scale.choices)) + 0.4 * mind.gamma(
        0.7, size=len(scale.choices)
    )
    chosen = scale.choices[int(rng.choice(len(scale.choices), p=weight / weight.sum()))]
    return [(key, question.item.id, facet.id, chosen.value)]


def build(client: Client, folder: Path) -> Engagement:
    """Write a client's engagement folder with its store; what was there of it is replaced.

    Raises
    ------
    EngagementError
        If the folder holds an engagement that is not synthetic: it is left untouched.
    """
    from hrkit.answers.store import open_store

    path = folder / engagements.FILE
    if path.exists() and not engagements.load(folder).synthetic:
        raise EngagementError(f"{folder} holds a real engagement; choose another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("answers.sqlite*"):
        old.unlink()
    data = _data(client)
    _write(path, data)
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        store.add(answers(engagement, client, "w1"))
        texts = store.comments("w1")
    if len(texts):
        # A person passes comments for print; here the demo plays that person.
        cleared = sorted(zip(texts["text"], texts["id"], strict=True))
        data["comments"] = [{"id": id} for _, id in cleared[:6]]
        _write(path, data)
    return engagements.load(folder)


def _data(client: Client) -> dict[str, Any]:
    return {
        "hrkit": 1,
        "id": client.id,
        "client": client.name,
        "consultant": dict(client.consultant),
        "language": client.language,
        "languages": list(client.languages),
        "instrument": client.instrument,
        "units": [{"id": i, "name": n, **({"parent": p} if p else {})} for i, n, p in client.units],
        "waves": [
            {"id": "w1", "name": dict(client.wave), "opens": "2026-10-05", "closes": "2026-10-30"}
        ],
        "invited": [
            {"wave": "w1", "unit": unit, "perspective": perspective, "n": invited}
            for unit, cells in client.people.items()
            for perspective, (_, invited) in cells.items()
        ],
        "protection": {"scores": 5, "details": 10},
        "targets": {"default": 4},
        "audience": dict(client.audience),
        "report": {"profile": "full", "paper": "a4", "date": "2026-11-21"},
        **({"branding": dict(client.branding)} if client.branding else {}),
        "synthetic": True,
    }


def _write(path: Path, data: Mapping[str, Any]) -> None:
    import json

    import yaml

    class Quoting(yaml.SafeDumper):
        """Quotes every text, so that no name ever reads as a number or a truth value."""

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"')

    Quoting.add_representer(str, text)
    head = "# SYNTHETIC: the answers of this engagement are made up by a program.\n"
    plain = json.loads(json.dumps(data))
    path.write_text(
        head + yaml.dump(plain, Dumper=Quoting, allow_unicode=True, sort_keys=False), "utf-8"
    )


def client(name: str) -> Client:
    """A made-up client by name.

    Raises
    ------
    EngagementError
        If there is none of that name.
    """
    if name not in CLIENTS:
        raise EngagementError(f"There is no made-up client {name!r}; use {', '.join(CLIENTS)}.")
    return CLIENTS[name]


_WAVE = {"en": "autumn 2026", "da": "efterår 2026", "nl": "najaar 2026"}
_AUDIENCE = {
    "en": "Top management, the leaders and HR see this report; employees see the summary.",
    "da": "Direktionen, lederne og HR ser rapporten; medarbejderne ser sammenfatningen.",
    "nl": "Het topmanagement, de leidinggevenden en HR zien dit rapport; medewerkers zien de samenvatting.",
}

_FJORDBY = Client(
    id="fjordby",
    name="Fjordby Kommune",
    language="da",
    languages=("da", "en", "nl"),
    wave=_WAVE,
    audience=_AUDIENCE,
    consultant={
        "name": "Karen Holm",
        "organisation": "Nordlys Rådgivning",
        "email": "kontakt@nordlys.example",
    },
    units=(
        ("fjordby", "Fjordby Kommune", None),
        ("boern", "Børn og Unge", "fjordby"),
        ("skole-nord", "Skolerne i nord", "boern"),
        ("skole-syd", "Skolerne i syd", "boern"),
        ("dagtilbud", "Dagtilbud", "boern"),
        ("social", "Social og Sundhed", "fjordby"),
        ("hjemmepleje", "Hjemmepleje", "social"),
        ("plejecentre", "Plejecentre", "social"),
        ("handicap", "Handicap og psykiatri", "social"),
        ("teknik", "Teknik og Miljø", "fjordby"),
        ("kultur", "Kultur og Fritid", "fjordby"),
        ("stab", "Stab og HR", "fjordby"),
    ),
    people={
        "skole-nord": {"leader": (9, 11), "employee": (14, 20)},
        "skole-syd": {"leader": (8, 10), "employee": (12, 20)},
        "dagtilbud": {"leader": (10, 13), "employee": (11, 20)},
        "hjemmepleje": {"leader": (9, 11), "employee": (10, 20)},
        "plejecentre": {"leader": (8, 10)},
        "handicap": {"leader": (7, 9)},
        "teknik": {"leader": (9, 11), "network": (6, 8)},
        "kultur": {"leader": (4, 6)},
        "stab": {"top": (6, 6), "hr": (12, 14), "pay": (6, 7)},
    },
    comments=(
        ("open.01", "Jeg kan altid ringe til min HR-partner, når en sag spidser til."),
        ("open.02", "En fast HR-dag ude hos os ville gøre en stor forskel."),
        ("open.01", "De svar, vi får om overenskomst, holder."),
        ("open.02", "Overdragelsen mellem HR og løn går for tit i stå."),
        ("open.03", "Hjælp til at rekruttere til stillinger, ingen søger."),
        ("open.02", "Vi taler om budget på alle ledermøder, sjældent om ledelse."),
        ("open.03", "Tal om fravær, som vi kan bruge til noget."),
        ("open.01", "Tonen er ordentlig, også når vi er uenige."),
        ("open.02", "Sig tidligere nej til os, hvis I ikke kan nå det."),
    ),
)

_FIRM = Client(
    id="de-vries",
    name="De Vries Techniek",
    language="nl",
    languages=("nl", "en"),
    wave=_WAVE,
    audience={k: _AUDIENCE[k] for k in ("nl", "en")},
    consultant={"name": "An Peeters", "organisation": "Peeters & Co"},
    units=(
        ("de-vries", "De Vries Techniek", None),
        ("montage", "Montage", "de-vries"),
        ("kantoor", "Kantoor", "de-vries"),
    ),
    people={
        "montage": {"leader": (8, 9), "employee": (16, 20)},
        "kantoor": {"leader": (6, 6), "hr": (3, 3), "pay": (2, 2), "top": (2, 2)},
    },
    branding={"primary": "#7a1f3d", "accent": "#ffb000"},
    seed=7,
)

_TWO_MISSING = Client(
    id="harbour",
    name="Harbour Logistics Ltd",
    language="en",
    languages=("en",),
    wave={"en": "autumn 2026"},
    audience={"en": _AUDIENCE["en"]},
    consultant={"name": "Joan Price"},
    units=(
        ("harbour", "Harbour Logistics Ltd", None),
        ("docks", "Docks", "harbour"),
        ("fleet", "Fleet", "harbour"),
    ),
    people={"docks": {"leader": (12, 15)}, "fleet": {"leader": (9, 12)}},
    seed=11,
)

_HOSTILE = Client(
    id="odd-names",
    name="Østre Å & Søn <b>A/S</b> – #strong[Ærø] $x^2$ 🚀 שלום",
    language="da",
    languages=("da", "nl", "en"),
    wave={"en": '#eval("1") autumn', "da": "efterår 🍂 =1+1", "nl": "najaar <script>"},
    audience={k: v + " @ref <label> \\ ~ `code`" for k, v in _AUDIENCE.items()},
    consultant={
        "name": "Ærlig \u202eRådgiver & Sønnesønner med et usædvanligt langt firmanavn ApS",
        "email": "#set page(width: 1pt)",
    },
    units=(
        ("odd-names", "Østre Å & Søn <b>A/S</b> – hele virksomheden", None),
        ("lang", "Afdelingen for tværgående sammenhængskraft og kompetenceudvikling", "odd-names"),
        ("formel", '=HYPERLINK("http://example.invalid";"klik")', "odd-names"),
        ("emoji", "🚀🚀 שלום \u200b\u202edrevs", "odd-names"),
    ),
    people={
        "lang": {"leader": (12, 14), "hr": (6, 6)},
        "formel": {"leader": (7, 9), "hr": (5, 6)},
        "emoji": {"leader": (6, 6), "top": (5, 5)},
    },
    comments=(
        (
            "open.01",
            "#eval(\"panic()\") $\\infty$ <script>alert(1)</script> 🚀 \x07 =cmd|' /C calc'!A0",
        ),
    ),
    seed=13,
)

_SERVICE = Client(
    id="strandby",
    name="Strandby Kommune",
    language="da",
    languages=("da", "en", "nl"),
    wave=_WAVE,
    audience=_AUDIENCE,
    consultant={"name": "Karen Holm", "organisation": "Nordlys Rådgivning"},
    units=(
        ("strandby", "Strandby Kommune", None),
        ("skoler", "Skoler og dagtilbud", "strandby"),
        ("omsorg", "Omsorg", "strandby"),
        ("raadhus", "Rådhuset", "strandby"),
    ),
    people={
        "skoler": {"leader": (14, 17)},
        "omsorg": {"leader": (12, 15)},
        "raadhus": {"hr": (11, 12), "top": (4, 4)},
    },
    comments=(
        ("open.start", "Hjælp til at tale om fravær, før nogen bliver syge."),
        ("open.easier", "Skabelonerne, hvis de lå ét sted."),
        ("open.stop", "Nyhedsbrevet. Det læser ingen hos os."),
        ("open.start", "En fast dag, hvor HR er ude hos os."),
        ("open.easier", "Vagtplanlægningen: Reglerne står tre steder."),
        ("open.stop", "De store kurser på hele dage."),
        ("open.start", "Nogen, der kender vores lokalaftaler."),
    ),
    instrument="service-check",
    seed=23,
)

_ROLES = Client(
    id="maasoever",
    name="Maasoever Zorg",
    language="nl",
    languages=("nl", "da", "en"),
    wave=_WAVE,
    audience=_AUDIENCE,
    consultant={"name": "An Peeters", "organisation": "Peeters & Co"},
    units=(
        ("maasoever", "Maasoever Zorg", None),
        ("thuiszorg", "Thuiszorg", "maasoever"),
        ("woonzorg", "Woonzorg", "maasoever"),
    ),
    people={
        "thuiszorg": {"leader": (11, 13), "employee": (12, 20)},
        "woonzorg": {"leader": (10, 12), "hr": (6, 6), "pay": (4, 4), "top": (3, 3)},
    },
    instrument="role-blueprint",
    seed=29,
)

#: Made-up clients by name; the first is the demo.
CLIENTS: Mapping[str, Client] = {
    "municipality": _FJORDBY,
    "firm": _FIRM,
    "two-missing": _TWO_MISSING,
    "odd-names": _HOSTILE,
    "service": _SERVICE,
    "blueprint": _ROLES,
}
