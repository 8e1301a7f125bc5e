"""Messages from outside, checked before anybody acts on them: one kind, known fields, small."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hrkit.room.guard import LARGEST

__all__ = ["HOST", "PHONE", "WALL", "parsed"]

_Kinds = Mapping[str, Mapping[str, tuple[type, ...]]]

_PAGE: dict[str, tuple[type, ...]] = {"view": (str,), "language": (str,)}

_BELONGS: dict[str, tuple[type, ...]] = {"tier": (str,), "pair": (str,)}

#: Kinds of messages a phone sends, with the fields of each.
PHONE: _Kinds = {
    "hello": _PAGE,
    "begin": _PAGE | {"perspective": (str,), "unit": (str,)} | _BELONGS,
    "resume": _PAGE | {"code": (str,)} | _BELONGS,
    "language": _PAGE,
    "answer": _PAGE
    | {"key": (str,), "value": (str, type(None)), "was": (list,), "stamp": (int, str)},
    "leave": _PAGE,
    "wall": {"language": (str,)},
    "vote": _PAGE | {"vote": (str,), "level": (int,), "stamp": (int, str)},
    "consent": _PAGE | {"party": (str,), "yes": (int,)},
    "late": _PAGE,
    "reach": {},
    "alive": {},
}

#: Of the wall.
WALL: _Kinds = {"hello": {"key": (str,), "language": (str,)}, "alive": {}}

#: Of every command: the picture on which it was given, and a mark by which it is known again.
_GIVEN: dict[str, tuple[type, ...]] = {"rev": (int,), "stamp": (str,)}

_MEETING: dict[str, tuple[type, ...]] = {
    **_GIVEN,
    **dict.fromkeys(("level", "question", "seconds"), (int,)),
    **dict.fromkeys(
        ("do", "what", "topic", "evidence", "shift", "views", "scope", "reason", "id", "owner"),
        (str,),
    ),
    **dict.fromkeys(("due", "horizon", "sign", "first", "second", "party"), (str,)),
    "order": (list,),
}

#: Of the host.
HOST: _Kinds = {
    "hello": {"key": (str,), "language": (str,)},
    "command": _GIVEN | {"do": (str,), "reason": (str,)},
    "show": _GIVEN | {"what": (str,)},
    "meeting": _MEETING,
    "chairs": _GIVEN,
    "code": _GIVEN | {"lost": (str,), "unit": (str,), "perspective": (str,), "erase": (int,)},
    "reach": _GIVEN,
    "names": {"text": (str,), "stamp": (int,)},
    "alive": {},
}

_MOST_IN_A_LIST = 50


def parsed(text: str | bytes, kinds: _Kinds) -> dict[str, Any] | None:
    """A message, or None for anything else: another form, an unknown kind, name or type.

    >>> parsed('{"type": "alive"}', PHONE)
    {'type': 'alive'}
    >>> parsed('{"type": "alive", "more": 1}', PHONE) is None
    True
    """
    if not isinstance(text, str) or len(text.encode("utf-8", "replace")) > LARGEST:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not isinstance(data.get("type"), str):
        return None
    fields = kinds.get(data["type"])
    if fields is None:
        return None
    for name, value in data.items():
        if name == "type":
            continue
        wanted = fields.get(name)
        # True and False are numbers to Python, and none of ours.
        if wanted is None or isinstance(value, bool) or not isinstance(value, wanted):
            return None
        if isinstance(value, list) and not _plain(value):
            return None
    return data


def _plain(values: list[Any]) -> bool:
    return len(values) <= _MOST_IN_A_LIST and all(
        one is None or isinstance(one, str) for one in values
    )
