"""The made-up organisations themselves, each for something that a report must bear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hrkit.errors import EngagementError

__all__ = ["CLIENTS", "Client", "client"]


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
    sector: str = ""
    country: str = ""


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


_WAVE = {"en": "autumn 2026", "da": "efteråret 2026", "nl": "najaar 2026"}


_AUDIENCE = {
    "en": "Top management, the leaders and HR see this report; employees see the summary.",
    "da": "Direktionen, lederne og HR ser rapporten; medarbejderne ser sammenfatningen.",
    "nl": "Het topmanagement, de leidinggevenden en HR zien dit rapport; medewerkers zien de samenvatting.",
}


_FJORDBY = Client(
    id="fjordby",
    sector="public",
    country="dk",
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
    sector="company",
    country="nl",
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
    sector="company",
    country="uk",
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
    sector="public",
    country="dk",
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
    sector="public",
    country="nl",
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
