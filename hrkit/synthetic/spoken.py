"""What parties of a made-up municipality say openly on the sheets of its tools, in its own language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hrkit.model import engagement_file as engagements
from hrkit.records.values import OpenLine

__all__ = ["say_openly"]

_Fields = Mapping[str, str]

#: What HR answers to the needs of the leaders.
_ANSWERS: Mapping[str, _Fields] = {
    "need.sparring": {"says": "yes", "what": "HR-partneren, samme dag", "from": "1. marts"},
    "need.time": {"says": "no", "what": "Det afgør direktionen; vi tager det med"},
    "need.overview": {
        "says": "later",
        "what": "En side på to skærmbilleder",
        "from": "efter ferien",
    },
    "need.words": {"says": "yes", "what": "Fire spørgsmål på et kort", "from": "straks"},
}
#: What each party's sheet says of a task as it is.
_SHEETS: Mapping[str, Mapping[str, _Fields]] = {
    "leader": {
        "care.environment": {"leader": "told", "hr": "does", "top": "decides", "reps": "advises"},
        "pay.cases": {"leader": "decides", "pay": "does"},
        "hiring.leader": {"hr": "does", "above": "told"},
        "development.everyday": {"leader": "both", "hr": "advises"},
    },
    "hr": {
        "care.environment": {
            "leader": "does",
            "hr": "advises",
            "top": "decides",
            "reps": "advises",
        },
        "pay.cases": {"hr": "decides", "pay": "does"},
        "hiring.leader": {"above": "does", "hr": "advises"},
        "development.everyday": {"leader": "both", "hr": "advises"},
    },
    "top": {
        "care.environment": {"top": "decides", "hr": "does", "reps": "told"},
        "hiring.leader": {"hr": "does", "above": "advises"},
        "development.everyday": {"leader": "both", "hr": "does"},
    },
}
#: What each party wants otherwise.
_WISHES: Mapping[str, Mapping[str, _Fields]] = {
    "leader": {
        "hiring.leader": {"above": "decides", "hr": "does"},
        "development.everyday": {"leader": "both", "hr": "advises"},
        "results.follow": {"leader": "both"},
    },
    "hr": {
        "hiring.leader": {"above": "decides", "hr": "does"},
        "care.environment": {"leader": "both", "hr": "advises", "reps": "advises"},
        "results.follow": {"leader": "both"},
    },
    "top": {"care.environment": {"top": "decides", "leader": "does"}},
}
_AGREED: Mapping[str, _Fields] = {
    "pay.cases": {
        "decides": "leader", "does": "pay", "advises": "HR-partner", "from": "1. marts",
        "yes-decides": "lederne 12/2", "yes-does": "lønpartner 12/2", "needs": "mandate", "weight": "2",
    },
    "care.environment": {
        "decides": "leader", "does": "leader", "advises": "HR-partner", "reps": "told",
        "from": "1. april", "yes-decides": "lederne 12/2", "weight": "2",
    },
    "hiring.leader": {"decides": "above", "does": "hr", "weight": "1"},
}  # fmt: skip
_ASKED: Mapping[str, _Fields] = {
    "own-1": {
        "from": "leader", "to": "hr", "kind": "less", "see": "Ét skema i stedet for tre ved ansættelser",
        "return": "Ansøgninger læst inden for to dage", "yes-from": "12/2", "yes-to": "12/2", "review": "1. juni",
    },
    "own-2": {
        "from": "hr", "to": "leader", "kind": "more", "see": "Ring, før der er besluttet",
        "return": "Svar samme dag", "yes-from": "12/2",
    },
}  # fmt: skip
_GAINS: Mapping[str, _Fields] = {
    "leader": {"gain": "Færre afbrudte dage, og medarbejdere, der kan mere", "give": "En fast time om ugen"},
    "hr": {"gain": "At blive spurgt i tide", "give": "Svar samme dag, også når det er et nej"},
}  # fmt: skip
#: What the meetings of three tools decided, by sheet.
_DECIDED: Mapping[tuple[str, str], Mapping[str, _Fields]] = {
    ("mirror", "try"): {
        "time": {
            "what": "Vi skriver op, hver gang et skema tager tid fra en samtale, og ser på det sammen",
            "who": "To ledere og HR-partneren", "by": "2026-12-15",
        },
    },
    ("services", "decide"): {
        "hiring.leader": {
            "decision": "improve", "what": "En erfaren leder at spørge i de første hundrede dage",
            "who": "HR-chefen", "by": "2027-03-01",
        },
        "start-1": {"what": "Én dag om måneden i hvert område", "who": "HR-partnerne", "by": "2027-02-01"},
        "leaders": {"what": "Vi siger til, før det er en sag", "who": "Afdelingslederne", "by": "2027-02-01"},
    },
    ("chain-dialogue", "agreed"): {
        "leading": {
            "what": "Den første halve time af hver anden samtale", "who": "Direktørerne", "by": "2027-02-01",
        },
    },
}  # fmt: skip


def say_openly(folder: Path, tool: str) -> None:
    """Keep what a tool's parties have said in the records of its part; nothing for other tools."""
    from hrkit.records.store import FILE, open_records

    for old in folder.glob(f"{FILE}*"):
        old.unlink()
    lines = _lines(tool)
    if not lines:
        return
    with open_records(engagements.load(folder)) as keeper:
        for line in lines:
            keeper.put(line)


def _lines(tool: str) -> tuple[OpenLine, ...]:
    if tool == "preparation":
        return tuple(_line(tool, "answers", row, said) for row, said in _ANSWERS.items())
    if tool != "blueprint":
        return tuple(
            _line(tool, sheet, row, said)
            for (of, sheet), decided in _DECIDED.items()
            if of == tool
            for row, said in decided.items()
        )
    sheets = (
        _line(tool, "party", f"{task} {tense}", said, f"party:{party}")
        for tense, told in (("now", _SHEETS), ("wish", _WISHES))
        for party, sheet in told.items()
        for task, said in sheet.items()
    )
    return (
        *sheets,
        *(_line(tool, "agreement", row, said) for row, said in _AGREED.items()),
        *(_line(tool, "exchange", row, said) for row, said in _ASKED.items()),
        *(_line(tool, "gains", "own", said, f"party:{p}") for p, said in _GAINS.items()),
    )


def _line(tool: str, sheet: str, row: str, said: _Fields, scope: str = "room") -> OpenLine:
    return OpenLine(tool, sheet, "w1", row, scope, tuple(said.items()))
