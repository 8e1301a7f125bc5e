"""What stands between a port and strangers: headers, names of hosts, sizes, and patience."""

from __future__ import annotations

import ipaddress
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

__all__ = [
    "HEADERS",
    "LARGEST",
    "Patience",
    "Shares",
    "Tries",
    "is_loopback",
    "known_host",
    "named_host",
]

#: Bytes of one message.  An answer in own words has at most 4,000 characters of four bytes.
LARGEST = 24 * 1024

#: Sent with every page.  Nothing is loaded from elsewhere, nothing runs that is no file of ours,
#: and no other page may hold this one in a frame.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::([0-9]{1,5}))?", re.IGNORECASE)


def named_host(header: str) -> tuple[str, int | None] | None:
    """The host and port of a Host header; None if it is none.

    >>> named_host("192.168.8.2:8700"), named_host("[::1]:80"), named_host("a b")
    (('192.168.8.2', 8700), ('::1', 80), None)
    """
    found = _HOST.fullmatch(header.strip())
    if found is None:
        return None
    port = int(found[2]) if found[2] else None
    return found[1].strip("[]").lower().rstrip("."), port


def known_host(header: str, allowed: Iterable[str], port: int) -> bool:
    """Whether a request was meant for this room: another name may be a rebound one.

    Parameters
    ----------
    header
        The Host header, or the host part of an Origin.
    allowed
        Names and addresses, in lower case.
    port
        That of the room; a header without one means 80.
    """
    named = named_host(header)
    return named is not None and named[0] in set(allowed) and (named[1] or 80) == port


def is_loopback(address: str) -> bool:
    """Whether an address reaches this machine only."""
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


@dataclass
class Patience:
    """How often something may be tried: a bucket that fills again.

    Attributes
    ----------
    most
        Tries at once.
    every
        Seconds until one more.
    """

    most: int
    every: float
    clock: Callable[[], float] = time.monotonic
    _left: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self._left, self._at = float(self.most), self.clock()

    @property
    def wait(self) -> float:
        """Seconds until the next try is allowed; 0 now."""
        now = self.clock()
        self._left = min(self._left + (now - self._at) / self.every, float(self.most))
        self._at = now
        return 0.0 if self._left >= 1 else (1 - self._left) * self.every

    def spend(self) -> None:
        """Count one try."""
        self._left = max(self._left - 1, 0.0)

    def allows(self) -> bool:
        """Whether one more try is allowed now; it counts."""
        if self.wait:
            return False
        self.spend()
        return True


class Tries:
    """Tries that failed, by where they came from; in memory only, and never more than so many.

    Only what fails is counted: a room of thirty that comes back at once after a power cut is let
    in, whoever guesses is not.  Behind one router a whole room may have one address.

    Parameters
    ----------
    most, every
        As of `Patience`, for each address.
    """

    _PLACES = 500

    def __init__(self, most: int, every: float) -> None:
        self._most, self._every = most, every
        self._by: dict[str, Patience] = {}

    def wait(self, remote: str) -> float:
        """Seconds until an address may try again; 0 now."""
        known = self._by.get(remote)
        return known.wait if known is not None else 0.0

    def failed(self, remote: str) -> None:
        """One try of an address was in vain."""
        known = self._by.pop(remote, None) or Patience(self._most, self._every)
        known.spend()
        # The one heard of longest ago goes first.
        self._by[remote] = known
        while len(self._by) > self._PLACES:
            del self._by[next(iter(self._by))]


class Shares:
    """How much each address may ask for: whoever asks for more is served later, and nobody else is.

    A line has a pace of its own, but lines can be opened anew without end.  Behind one router a whole
    room may have one address, so nobody is cut off: what is too much waits, and for so long at most.

    Parameters
    ----------
    most
        Asked for at once.
    rate
        More of it each second.
    longest
        Seconds that anything waits at most.
    """

    _PLACES = 500

    def __init__(
        self,
        most: float,
        rate: float,
        longest: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._rate, self._longest, self._clock = most, rate, longest, clock
        self._by: dict[str, tuple[float, float]] = {}

    def wait(self, remote: str, cost: float) -> float:
        """Seconds until an address is served what it asks for; it counts at once."""
        now = self._clock()
        left, at = self._by.pop(remote, (self._most, now))
        left = min(left + (now - at) * self._rate, self._most) - cost
        left = max(left, -self._longest * self._rate)
        self._by[remote] = left, now
        while len(self._by) > self._PLACES:
            del self._by[next(iter(self._by))]
        return max(-left / self._rate, 0.0)
