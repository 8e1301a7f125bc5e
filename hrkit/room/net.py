"""Where a room can be reached: addresses of this machine, and codes to join by camera."""

from __future__ import annotations

import contextlib
import io
import socket

__all__ = ["addresses", "qr", "wifi"]


def addresses() -> tuple[str, ...]:
    """IPv4 addresses under which other machines may reach this one, the likeliest first.

    No packet is sent: a datagram socket that is pointed somewhere knows which address it would use.
    """
    found: list[str] = []
    for target in ("192.0.2.1", "10.255.255.255", "192.168.255.255"):
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe,
        ):
            probe.connect((target, 9))
            found.append(str(probe.getsockname()[0]))
    with contextlib.suppress(OSError):
        found += [
            str(info[4][0])
            for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        ]
    return tuple(
        one for one in dict.fromkeys(found) if not one.startswith("127.") and one != "0.0.0.0"
    )


def qr(text: str) -> str:
    """A QR code as an SVG picture of its own, black on white."""
    import segno

    made = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        made, kind="svg", xmldecl=False, border=4, light="#fff", dark="#000", omitsize=True
    )
    return made.getvalue().decode("utf-8").strip()


def wifi(name: str, password: str) -> str:
    r"""What a phone's camera reads to join a network.

    >>> wifi("Room; 1", "se:cret")
    'WIFI:T:WPA;S:Room\\; 1;P:se\\:cret;;'
    """

    def plain(text: str) -> str:
        return "".join(f"\\{c}" if c in '\\;,:"' else c for c in text)

    kind = "WPA" if password else "nopass"
    return f"WIFI:T:{kind};S:{plain(name)};P:{plain(password)};;"
