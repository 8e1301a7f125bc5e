"""A sample document that uses every block, in the kit's three languages.

Invented numbers.  The charts are written by hand so that the tests of `publish` need no
plotting library; a report's charts come from matplotlib and go the same way.
"""

from __future__ import annotations

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Contents,
    Cover,
    DocumentInfo,
    Fact,
    Facts,
    Figure,
    Grid,
    Group,
    Heading,
    Levels,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Span,
    Table,
    b,
    em,
)

LEADERS = (3.1, 2.6, 3.8, 2.4, 3.5, 3.2, 2.3, 2.7, 2.2)
HR = (3.4, 3.5, 3.9, 3.6, 4.0, 2.8, 2.6, 2.9, 2.7)

_OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" font-family="Lato">'


def _mark(x: float, y: float, colour: str, square: bool, r: float = 4.2) -> str:
    if square:
        points = f"{x},{y - r} {x + r},{y} {x},{y + r} {x - r},{y}"
        return f'<polygon points="{points}" fill="{colour}"/>'
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}"/>'


def gap_chart(names: tuple[str, ...], steps: tuple[str, ...], width: int = 470) -> str:
    """Two marks a row: leaders a circle, HR a diamond."""
    left, right, top, row = 165, width - 34, 40, 29
    height = top + row * len(names) + 4
    out = [_OPEN.format(w=width, h=height)]
    for k in range(5):
        x = left + (right - left) * k / 4
        out.append(
            f'<line x1="{x}" x2="{x}" y1="{top - 6}" y2="{height}" stroke="#d9dee4" '
            f'stroke-width="0.6"/><text x="{x}" y="12" font-size="8" fill="#566270" '
            f'text-anchor="middle">{k + 1}</text><text x="{x}" y="22" font-size="7.6" '
            f'fill="#566270" text-anchor="middle">{steps[k]}</text>'
        )
    order = sorted(range(len(names)), key=lambda i: LEADERS[i] - HR[i])
    for n, i in enumerate(order):
        y = top + row * (n + 0.5)
        one, two = (left + (right - left) * (v - 1) / 4 for v in (LEADERS[i], HR[i]))
        wide = abs(HR[i] - LEADERS[i]) > 0.6
        sign = f"{HR[i] - LEADERS[i]:+.1f}".replace("-", "−").replace(".", ",")
        out.append(
            f'<text x="{left - 14}" y="{y + 3}" font-size="8.5" fill="#1d2733" '
            f'text-anchor="end">{names[i]}</text>'
            f'<line x1="{one}" x2="{two}" y1="{y}" y2="{y}" stroke-width="3" '
            f'stroke="{"#dcae80" if wide else "#d9dee4"}"/>'
            f"{_mark(one, y, '#0b5d7a', False)}{_mark(two, y, '#b35c00', True, 5)}"
            f'<text x="{width - 2}" y="{y + 3}" font-size="8.5" text-anchor="end" '
            f'font-weight="{"bold" if wide else "normal"}" fill="#1d2733">{sign}</text>'
        )
    return "".join([*out, "</svg>"])


def profile_chart(names: tuple[str, ...]) -> str:
    """One mark a row with its band."""
    left, right, top, row = 128, 250, 18, 29
    height = top + row * len(names)
    out = [_OPEN.format(w=264, h=height)]
    for k in range(5):
        x = left + (right - left) * k / 4
        out.append(
            f'<line x1="{x}" x2="{x}" y1="{top - 4}" y2="{height}" stroke="#d9dee4" '
            f'stroke-width="0.6"/><text x="{x}" y="8" font-size="8" fill="#566270" '
            f'text-anchor="middle">{k + 1}</text>'
        )
    for i, name in enumerate(names):
        y, v = top + row * (i + 0.5), (LEADERS[i] + HR[i]) / 2
        x = left + (right - left) * (v - 1) / 4
        out.append(
            f'<text x="{left - 9}" y="{y + 3}" font-size="8" fill="#1d2733" '
            f'text-anchor="end">{name}</text><line x1="{x - 8}" x2="{x + 8}" y1="{y}" y2="{y}" '
            f'stroke="#0b5d7a" stroke-opacity="0.25" stroke-width="5"/>'
            f"{_mark(x, y, '#0b5d7a', False)}"
            f'<text x="{x + 12}" y="{y + 3}" font-size="8" fill="#1d2733">'
            f"{v:.1f}</text>".replace(f"{v:.1f}</text>", f"{v:.1f}</text>".replace(".", ","))
        )
    return "".join([*out, "</svg>"])


def cover_art() -> str:
    """Nine lines, two marks each, white and accent on nothing."""
    out = [_OPEN.format(w=595, h=300)]
    for i in range(9):
        y = 18 + 33 * i
        one, two = (68 + 465 * (v - 1) / 4 for v in (LEADERS[i], HR[i]))
        out.append(
            f'<line x1="68" x2="533" y1="{y}" y2="{y}" stroke="#fff" stroke-opacity="0.25" '
            f'stroke-width="0.6"/><line x1="{one}" x2="{two}" y1="{y}" y2="{y}" stroke="#fff" '
            f'stroke-opacity="0.3" stroke-width="5"/>{_mark(one, y, "#fff", False, 7)}'
            f"{_mark(two, y, '#f0a04b', True, 8)}"
        )
    return "".join([*out, "</svg>"])


WORDS: dict[str, dict[str, tuple[str, ...] | str]] = {
    "da": {
        "page": "Side", "of": "af", "contents": "Indhold",
        "title": "Partnerskabet mellem ledere og HR", "client": "Fjordby Kommune",
        "subtitle": "Modenhedsmåling, efterår 2026", "author": "Nordlys Rådgivning",
        "date": "21. november 2026", "secret": "Fortroligt", "mark": "Syntetiske data",
        "legend": "● Ledere   ◆ HR   Ni dimensioner, niveau 1–5",
        "summary": "Det vigtigste på én side",
        "lead": "I har tillid til hinanden, men lederne mærker ikke HR i hverdagen. HR ser sig selv et helt niveau tættere på driften, end lederne gør.",
        "names": ("Retning og opbakning", "Roller og forventninger", "Relationer og tillid", "Nærvær og støtte", "HR-faglighed", "Personaleledelse", "Samarbejde på tværs", "Dialog i ledelseskæden", "Læring og fornyelse"),
        "steps": ("Hver for sig", "På forespørgsel", "Med faste aftaler", "Som partnere", "Som ét hold"),
        "sentence": "Niveau 2 til 3 af 5: på forespørgsel til med faste aftaler.",
        "profile": "Profil, gennemsnit af perspektiver", "gap": "Forskel mellem ledere og HR, størst først",
        "alt": "Ni dimensioner. Størst forskel: nærvær og støtte, ledere 2,4 og HR 3,6.",
        "note": "Punkt: gennemsnit af perspektiver. Bånd: 95 % usikkerhed.",
        "carries": "Det bærer", "divides": "Det skiller", "advise": "Vi anbefaler",
        "c1": "Begge parter taler fortroligt om svære sager.", "c2": "Lederne stoler på de svar, de får.",
        "d1": "HR 3,6, ledere 2,4.", "d2": "HR 3,5, ledere 2,6.",
        "a1": "Fast dag hos hvert område fra januar – prøv den i to områder først.",
        "a2": "Aftal, hvem der gør hvad i fem opgaver.", "a3": "Sæt ledelse – ikke kun budget – på dagsordenen i alle led.",
        "f": ("ledere svarede (79 %)", "HR- og lønpartnere (86 %)", "direktionen – alle svarede", "usikkerhed på ledernes gennemsnit"),
        "differ": "Hvor ledere og HR ser forskelligt",
        "talk": "En forskel er et emne til en samtale, ikke en dom. Størst er den i ",
        "talk2": ": HR vurderer sig 1,2 højere, end lederne gør, og forskellen er tydelig (95 % sikker: 0,7–1,7). I ",
        "talk3": " vender billedet: her er lederne mest tilfredse med sig selv.",
        "kicker": "Dimension 4 af 9", "see": "Det ser vi",
        "text": "Lederne kender HR, men møder dem sjældent. Tilbuddene kommer på tidspunkter, hvor driften fylder, og mange løser selv løn- og arbejdstidssager, som HR tror, de er aflastet for. Når sagen først er hos HR, bliver den løst rigtigt.",
        "quote": "Jeg ringer først, når det brænder – og så er det for sent at tale om, hvordan vi kunne have undgået det.", "by": "Leder, social og sundhed",
        "steps_title": "Næste skridt", "head": ("Handling", "Hvem", "Hvornår", "Bygger på"),
        "r1": ("Fast HR-dag hos hvert område hver anden uge; afprøves i to områder", "HR-partnere", "Nu", "Udsagn 1, 2"),
        "r2": ("Overdragelseskort mellem løn- og HR-partner: hvad, til hvem, frist, komplet første gang", "Makkerpar", "Nu", "Udsagn 4, 5"),
        "r3": ("Gennemgå de fem tungeste driftsopgaver og aftal aflastning", "HR + ledere", "1 år", "Udsagn 3"),
        "sources": "Kilder: netværksmødet om synlighed, daglig rytme og aflastning; makkersamtaler, uge 41.",
        "units": "Områderne side om side", "unit_names": ("Børn og unge", "Social og sundhed", "Teknik og miljø", "Kultur og fritid", "Borgerservice", "Arbejdsmarked"),
        "hidden": "To områder vises ikke: færre end fem ledere svarede. Deres svar indgår i kommunens samlede tal.",
        "draft": "Alle tal i denne rapport er opdigtede og viser kun, hvordan en rapport ser ud.",
        "method": "Sådan er målingen lavet", "unit": "Område",
        "how": "Sådan læses rapporten",
    },
    "nl": {
        "page": "Pagina", "of": "van", "contents": "Inhoud",
        "title": "Het partnerschap tussen leidinggevenden en HR", "client": "Gemeente Waterland aan Zee",
        "subtitle": "Volwassenheidsmeting, najaar 2026", "author": "Noorderlicht Advies",
        "date": "21 november 2026", "secret": "Vertrouwelijk", "mark": "Synthetische gegevens",
        "legend": "● Leidinggevenden   ◆ HR   Negen dimensies, niveau 1–5",
        "summary": "Het belangrijkste op één pagina",
        "lead": "Er is vertrouwen, maar leidinggevenden merken HR in het dagelijks werk nauwelijks. HR ziet zichzelf een heel niveau dichter bij de praktijk.",
        "names": ("Richting en steun", "Rollen en verwachtingen", "Relatie en vertrouwen", "Nabijheid en steun", "HR-vakmanschap", "Personeelsleiding", "Samenwerking", "Dialoog in de lijn", "Leren en vernieuwen"),
        "steps": ("Ieder voor zich", "Op verzoek", "Met vaste afspraken", "Als partners", "Als één team"),
        "sentence": "Niveau 2 tot 3 van 5: op verzoek tot met vaste afspraken.",
        "profile": "Profiel, gemiddelde van de perspectieven", "gap": "Verschil tussen leidinggevenden en HR, grootste eerst",
        "alt": "Negen dimensies. Grootste verschil: nabijheid en steun, leidinggevenden 2,4 en HR 3,6.",
        "note": "Punt: gemiddelde van de perspectieven. Band: 95% onzekerheid.",
        "carries": "Dit draagt", "divides": "Dit verdeelt", "advise": "Ons advies",
        "c1": "Beide partijen bespreken moeilijke zaken in vertrouwen.", "c2": "Leidinggevenden vertrouwen de antwoorden.",
        "d1": "HR 3,6, leidinggevenden 2,4.", "d2": "HR 3,5, leidinggevenden 2,6.",
        "a1": "Een vaste dag per afdeling vanaf januari – probeer het eerst in twee.",
        "a2": "Spreek af wie wat doet in vijf taken.", "a3": "Zet leiderschap op elke agenda.",
        "f": ("leidinggevenden antwoordden (79%)", "HR- en salarispartners (86%)", "directie – allen antwoordden", "onzekerheid van het gemiddelde"),
        "differ": "Waar leidinggevenden en HR anders kijken",
        "talk": "Een verschil is een onderwerp voor gesprek, geen oordeel. Het grootst is het bij ",
        "talk2": ": HR schat zichzelf 1,2 hoger in. Bij ", "talk3": " is het beeld omgekeerd.",
        "kicker": "Dimensie 4 van 9", "see": "Wat we zien",
        "text": "Leidinggevenden kennen HR, maar ontmoeten hen zelden. Het aanbod komt op momenten waarop het werk drukt. Zodra een zaak bij HR ligt, wordt ze goed opgelost.",
        "quote": "Ik bel pas als het brandt – en dan is het te laat.", "by": "Leidinggevende, zorg en welzijn",
        "steps_title": "Volgende stappen", "head": ("Actie", "Wie", "Wanneer", "Gebaseerd op"),
        "r1": ("Vaste HR-dag per afdeling om de week; proef in twee afdelingen", "HR-partners", "Nu", "Stelling 1, 2"),
        "r2": ("Overdrachtskaart tussen salaris- en HR-partner: wat, aan wie, termijn", "Duo's", "Nu", "Stelling 4, 5"),
        "r3": ("De vijf zwaarste taken doornemen en ontlasting afspreken", "HR + lijn", "1 jaar", "Stelling 3"),
        "sources": "Bronnen: netwerkbijeenkomst over zichtbaarheid; duogesprekken, week 41.",
        "units": "De afdelingen naast elkaar", "unit_names": ("Jeugd", "Zorg en welzijn", "Techniek en milieu", "Cultuur en sport", "Burgerzaken", "Arbeidsmarktondersteuning"),
        "hidden": "Twee afdelingen worden niet getoond: minder dan vijf leidinggevenden antwoordden.",
        "draft": "Alle cijfers in dit rapport zijn verzonnen.",
        "method": "Hoe de meting is gedaan", "unit": "Afdeling", "how": "Zo leest u dit rapport",
    },
    "en": {
        "page": "Page", "of": "of", "contents": "Contents",
        "title": "The partnership between leaders and HR", "client": "Riverside City Council",
        "subtitle": "Maturity assessment, autumn 2026", "author": "Northern Light Consulting",
        "date": "21 November 2026", "secret": "Confidential", "mark": "Synthetic data",
        "legend": "● Leaders   ◆ HR   Nine dimensions, level 1–5",
        "summary": "What matters, on one page",
        "lead": "You trust each other, yet leaders do not feel HR in their day. HR sees itself a whole level closer to the work than leaders do.",
        "names": ("Direction and support", "Roles and expectations", "Relations and trust", "Presence and support", "HR expertise", "People leadership", "Working across", "Dialogue in the chain", "Learning and renewal"),
        "steps": ("Apart", "On request", "By agreement", "As partners", "As one team"),
        "sentence": "Level 2 to 3 of 5: on request to by agreement.",
        "profile": "Profile, mean of perspectives", "gap": "Difference between leaders and HR, largest first",
        "alt": "Nine dimensions. Largest difference: presence and support, leaders 2.4 and HR 3.6.",
        "note": "Point: mean of perspectives. Band: 95% uncertainty.",
        "carries": "What carries", "divides": "What divides", "advise": "What we advise",
        "c1": "Both sides discuss hard cases in confidence.", "c2": "Leaders rely on the answers they get.",
        "d1": "HR 3.6, leaders 2.4.", "d2": "HR 3.5, leaders 2.6.",
        "a1": "A fixed day in each area from January – try it in two areas first.",
        "a2": "Agree who does what in five tasks.", "a3": "Put leadership – not only budget – on every agenda.",
        "f": ("leaders answered (79%)", "HR and pay partners (86%)", "executives – all answered", "uncertainty of the leaders' mean"),
        "differ": "Where leaders and HR see it differently",
        "talk": "A difference is a subject for a talk, not a verdict. It is largest in ",
        "talk2": ": HR rates itself 1.2 higher than leaders do. In ", "talk3": " the picture turns.",
        "kicker": "Dimension 4 of 9", "see": "What we see",
        "text": "Leaders know HR but rarely meet them. Offers come when the work is at its busiest. Once a case is with HR, it is solved properly.",
        "quote": "I call when it is already on fire – and then it is too late.", "by": "Leader, health and care",
        "steps_title": "Next steps", "head": ("Action", "Who", "When", "Rests on"),
        "r1": ("A fixed HR day in each area every other week; tried in two areas", "HR partners", "Now", "Items 1, 2"),
        "r2": ("Handover card between pay and HR partner: what, to whom, by when", "Pairs", "Now", "Items 4, 5"),
        "r3": ("Go through the five heaviest tasks and agree relief", "HR + leaders", "1 year", "Item 3"),
        "sources": "Sources: network meeting on visibility; pair talks, week 41.",
        "units": "The areas side by side", "unit_names": ("Children and youth", "Health and care", "Roads and parks", "Culture", "Citizen service", "Employment"),
        "hidden": "Two areas are not shown: fewer than five leaders answered.",
        "draft": "All numbers in this report are invented.",
        "method": "How this was measured", "unit": "Area", "how": "How to read this report",
    },
}  # fmt: skip

_SHADES = ("#b35c00", "#dcae80", "#f3e3d0", "#d5e4ea", "#6a9fb3", "#0b5d7a")


def _shade(value: float) -> str:
    return _SHADES[min(5, max(0, int((value - 1.6) / 0.5)))]


def document(language: str = "da", **info: str) -> tuple[Block, ...]:
    """The whole sample; ``info`` overrides fields of its DocumentInfo."""
    w: dict = WORDS[language]
    names, units = w["names"], w["unit_names"]
    comma = (lambda v: f"{v:.1f}") if language == "en" else (lambda v: f"{v:.1f}".replace(".", ","))
    about = DocumentInfo(
        **{
            "title": w["title"], "language": language, "subtitle": w["subtitle"],
            "author": w["author"], "client": w["client"], "date": w["date"],
            "stamp": "2026-11-21", "confidentiality": w["secret"], "mark": w["mark"],
            "words": {"page": w["page"], "of": w["of"]}, **info,
        }
    )  # fmt: skip
    values = [
        [min(5.0, max(1.1, LEADERS[k] + ((u * 7 + k * 3) % 9 - 4) / 5)) for k in range(7)]
        for u in range(len(units))
    ]
    return (
        about,
        Cover(
            about.title, w["subtitle"], about.client, about.author, w["date"], w["secret"],
            w["legend"], w["mark"], cover_art(), w["alt"],
        ),
        Contents(w["contents"], depth=2),
        Heading(w["summary"], new_page=True),
        Paragraph(w["lead"], lead=True),
        Grid(
            (
                (
                    Figure(profile_chart(names), w["alt"], w["profile"]),
                    Note(w["note"]),
                ),
                (
                    Card(w["carries"], (
                        Paragraph((b(names[2]), Span(" 3,9. " + w["c1"]))),
                        Paragraph((b(names[4]), Span(" 3,7. " + w["c2"]))),
                    )),
                    Card(w["divides"], (
                        Paragraph((b(names[3] + ". "), Span(w["d1"]))),
                        Paragraph((b(names[1] + ". "), Span(w["d2"]))),
                    ), "accent"),
                    Card(w["advise"], (Bullets((w["a1"], w["a2"], w["a3"]), ordered=True),)),
                ),
            ),
            (5, 4),
        ),
        Facts((
            Fact("64", w["f"][0], f"{w['of']} 81"), Fact("12", w["f"][1], f"{w['of']} 14"),
            Fact("6", w["f"][2], f"{w['of']} 6"), Fact("±" + comma(0.2), w["f"][3]),
        )),
        Callout(w["draft"], "warning"),
        Heading(w["differ"], new_page=True),
        Paragraph((Span(w["talk"]), b(names[3]), Span(w["talk2"]), em(names[5]), Span(w["talk3"]))),
        Figure(gap_chart(names, w["steps"]), w["alt"], w["gap"]),
        Note(w["note"]),
        Grid((
            (Card(names[3], (Paragraph(w["c1"]), Paragraph(w["text"]))),),
            (Card(names[1], (Paragraph(w["c2"]),), "accent"),),
        )),
        Heading(names[3], kicker=w["kicker"], new_page=True),
        Levels(w["steps"], (2, 3), w["sentence"]),
        Note(w["note"]),
        Heading(w["see"], 2),
        Paragraph(w["text"]),
        Quote(w["quote"], w["by"]),
        Heading(w["steps_title"], 2),
        Table(w["head"], (w["r1"], w["r2"], w["r3"]), widths=(5, 1.6, 1, 1.4)),
        Note(w["sources"]),
        Heading(w["units"], 1),
        Table(
            (w["unit"], *names[:7]),
            tuple((u, *map(comma, row)) for u, row in zip(units, values, strict=True)),
            caption=w["gap"],
            align=("left", *["center"] * 7),
            shades=tuple(("", *map(_shade, row)) for row in values),
            summary=w["alt"],
        ),
        Callout(w["hidden"]),
        PageBreak(),
        Heading(w["method"], 1),
        Heading(w["how"], 2),
        Bullets((
            w["c1"],
            (Paragraph(w["c2"]), Bullets((w["d1"], (Paragraph(w["d2"]), Bullets((w["a2"],)))))),
            (b("hrkit"), Span(" – "), Span("example.org", link="https://example.org/method")),
        )),
        Group((Heading(names[0], 3), Paragraph(w["text"]))),
        Paragraph((Span("mean = answers[answers.wave == 2].groupby('unit').value.mean()\nmean.round(1)", "code"),)),
        Paragraph((Span("ICC(1)", "code"), Span(" 0,12 "), Span("n = 82", "mute"))),
        Card("", (Paragraph(w["a1"]),), "quiet"),
        Table(("n", "k"), (("1", "2"), ("3", "4")), align=("right", "right"), row_headers=False),
        Table(
            (w["unit"], *w["head"][1:]),
            tuple((f"{u} {k}", f"{k * 7 % 31}", comma(k / 7), "–") for k in range(1, 9) for u in units),
            caption=w["units"], align=("left", "right", "right", "left"), compact=True,
        ),
    )  # fmt: skip
