"""Days → an iCalendar file (RFC 5545), the same for the same days: whole days, no alarm, nobody invited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hrkit.publish.sound import sound_text

__all__ = ["CalendarEvent", "render_ics"]

#: Octets of a line before it is folded.
_LINE = 75


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event of one or more whole days; ``last`` is its last day."""

    id: str
    title: str
    text: str
    first: dt.date
    last: dt.date


def render_ics(events: Sequence[CalendarEvent], stamp: dt.date) -> bytes:
    """The file, in UTF-8 with lines as the standard asks for them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hrkit//process//EN", "CALSCALE:GREGORIAN"]
    for event in events:
        after = event.last + dt.timedelta(days=1)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_said(event.id)}",
            f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{after:%Y%m%d}",
            f"SUMMARY:{_said(event.title)}",
            f"DESCRIPTION:{_said(event.text)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8")


def _said(text: str) -> str:
    """A text as a value: nothing in it ends a line or begins a property."""
    sound = sound_text(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return sound.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Long lines go on after a line end and a space; no character is cut in two."""
    parts, size = [""], 0
    for sign in line:
        width = len(sign.encode("utf-8"))
        if size + width > _LINE:
            parts.append(" ")
            size = 1
        parts[-1] += sign
        size += width
    return "\r\n".join(parts)
