"""What a version follows from, as a digest: the same again is the same version, at once.

A version follows from the wave's answers, from what the engagement says about them, from the
versions before it, from the wave it is compared with, and from the rules of this hrkit.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import weakref
from collections.abc import Mapping, Set
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.disclosure.kept.snapshot import FORMAT, field_names
from hrkit.disclosure.released import Released
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument

if TYPE_CHECKING:
    from hrkit.answers.rounds import Round

__all__ = ["basis_of", "digest_of", "know", "settings_digest"]

#: Raised when the rules of what may be shown change, so that kept versions are decided anew.
RULES = 9

#: What decides how a report looks and reads, and nothing about which figures it shows.
_LOOK = frozenset(
    {
        "folder",
        "store",
        "letters",
        "duties",
        "client",
        "consultant",
        "language",
        "languages",
        "audience",
        "report",
        "branding",
        "texts",
        "followed",
        "synthetic",
        "tools",
        "benchmark",
        "norms",
    }
)

#: Where an engagement lies, what only its letters or its benchmark say, and what is asked beside it.
_PLACE = frozenset({"folder", "store", "letters", "duties", "tools", "benchmark", "norms"})

#: What a version is called, beside what it shows.
_NAMES = frozenset({"state", "draft", "issued", "day", "frozen", "settings"})


def basis_of(engagement: Engagement, round: Round, before: Round | None) -> str:
    """The digest for a wave as it stands.

    Parameters
    ----------
    engagement
        Its settings count.
    round
        The wave.
    before
        The earlier wave that it is compared with, if there is one.
    """
    parts = [RULES, FORMAT, settings_digest(engagement), round.wave, round.content()]
    if engagement.protection.insider:
        # Four people stand behind a share of choices, where versions of before had three.
        parts.append("four behind a share")
    if before is not None:
        last = before.last()
        parts += [before.wave, before.content(), last and _sha(last.audit.get("released"))]
    return _sha(parts)


def settings_digest(engagement: Engagement, look: bool = False) -> str:
    """A digest of all settings that decide which figures there are, or (``look``) how they look too."""
    out = _PLACE if look else _LOOK
    names = (name for name in sorted(field_names(Engagement)) if name not in out)
    # What ``json.dumps`` with sorted keys makes of all of them, without writing the instrument anew.
    parts = (f'"{name}": {_written(getattr(engagement, name))}' for name in names)
    return hashlib.sha256(f"{{{', '.join(parts)}}}".encode()).hexdigest()


def digest_of(released: Released) -> str:
    """A digest of the figures and comments alone: whether two releases show the same."""
    fields = dataclasses.fields(released)
    return _sha({f.name: getattr(released, f.name) for f in fields if f.name not in _NAMES})


def _sha(value: Any) -> str:
    return hashlib.sha256(json.dumps(_plain(value), sort_keys=True).encode()).hexdigest()


#: Instruments are large, never change, and stay the same object while their file is the same.
_WRITTEN: dict[int, tuple[weakref.ref[Instrument], str]] = {}


def _written(value: Any) -> str:
    """A value of an engagement as JSON text."""
    if not isinstance(value, Instrument):
        return json.dumps(_plain(value), sort_keys=True)
    known = _WRITTEN.get(id(value))
    if known is None or known[0]() is not value:
        text, key = json.dumps(_plain(value), sort_keys=True), id(value)
        known = _WRITTEN[key] = (weakref.ref(value, lambda _: _WRITTEN.pop(key, None)), text)
    return known[1]


def know(instrument: Instrument) -> None:
    """Work out what digests of engagements say of an instrument: many ask the same."""
    _written(instrument)


_SIMPLE = frozenset((str, int, float, bool, type(None)))


def _plain(value: Any) -> Any:
    """A value as JSON that is the same in every process."""
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if kind is tuple or kind is list:
        return [_plain(one) for one in value]
    if fields := field_names(kind):
        return {name: _plain(getattr(value, name)) for name in fields}
    if isinstance(value, Mapping):
        # A set as a key is told by what is in it: its own order is another in every process.
        names = (key if isinstance(key, str) else json.dumps(_plain(key)) for key in value)
        return {name: _plain(one) for name, one in zip(names, value.values(), strict=True)}
    if isinstance(value, Set):
        return sorted((_plain(one) for one in value), key=repr)
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return value.name
    return value if isinstance(value, (str, int, float)) else str(value)
