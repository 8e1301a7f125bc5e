"""What the room remembers when its process was killed: where it stands, its keys, and a journal.

One file in the engagement's folder, its owner's alone.  Keys stand in it as hashes, so that whoever
finds a copy of the folder cannot lead the room.  The journal says what was done and when, by which
kind of actor, with totals; never a person, a code or a value.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hrkit.errors import HrkitError
from hrkit.files import write_all
from hrkit.room.sitting import Sitting

__all__ = ["FILE", "Book"]

#: Name of the file.
FILE = "room.json"
_FORMAT = 1
#: Keys that stay good, those used last: of runs before this one, too, so that a screen heals by itself.
_KEYS = 6


@dataclass
class Book:
    """A room's memory.

    Attributes
    ----------
    path
        The file.
    wave
        The wave that is answered.
    round
        Where the questionnaire stands.
    keys
        Hashes of keys by what they open: ``host`` and ``screen``; the newest last.
    journal
        What was done.
    talk
        Where the meeting stands, if it has begun (`hrkit.room.talk`).
    batch, since
        Under which name the store keeps what is answered in this round, so that it can be taken back,
        and the last version that was issued before it.
    done
        Marks of the commands that were carried out last (`hrkit.room.repeats`).
    patient
        Whether a disk that is full, or a file that another program holds, is waited for: people are there.
    unsaved
        Whether what stands here could not be written down; it is tried again.
    """

    path: Path
    engagement: str
    wave: str
    round: Sitting = field(default_factory=Sitting)
    keys: dict[str, list[str]] = field(default_factory=lambda: {"host": [], "screen": []})
    journal: list[dict[str, Any]] = field(default_factory=list)
    talk: dict[str, Any] | None = None
    batch: str = ""
    since: int = 0
    done: list[str] = field(default_factory=list)
    patient: bool = False
    unsaved: bool = False

    @property
    def kept(self) -> bool:
        """Whether anything is written down."""
        return self.path != Path()

    @classmethod
    def open(cls, folder: Path, engagement: str, wave: str, *, kept: bool = True) -> Book:
        """The book of a wave; a new one where the last was of another wave or has ended.

        Parameters
        ----------
        kept
            False where a demonstration is tried out: nothing is read or written.

        Raises
        ------
        HrkitError
            If the file is there and cannot be read.
        """
        path = folder / FILE if kept else Path()
        if not kept or not path.exists():
            return cls(path, engagement, wave)
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["format"] > _FORMAT:
                raise HrkitError(f"{FILE} was written by a newer hrkit; update hrkit.")
            book = cls(path, data["engagement"], data["wave"], Sitting(**data["round"]))
            book.keys = {name: list(data["keys"][name]) for name in ("host", "screen")}
            book.journal = list(data["journal"])
            book.talk = data.get("talk")
            book.batch, book.since = str(data.get("batch", "")), int(data.get("since", 0))
            book.done = [str(one) for one in data.get("done", [])]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise HrkitError(
                f"{path} cannot be read ({type(error).__name__}). It only says how far the room "
                "was; take it away, and the room begins anew with the answers that are there."
            ) from None
        if book.engagement != engagement:
            raise HrkitError(
                f"{path} belongs to {book.engagement}, not to {engagement}; take it away."
            )
        if book.wave != wave or book.round.step == "ended":
            fresh = cls(path, engagement, wave)
            fresh.journal = book.journal
            return fresh
        return book

    def new_key(self, opens: str) -> str:
        """A key that opens the host's or the wall's side; it is kept as a hash."""
        key = secrets.token_urlsafe(16)
        self.keys[opens] = [*self.keys[opens], _hash(key)][-_KEYS:]
        self.save()
        return key

    def opens(self, what: str, key: object) -> bool:
        """Whether a key opens a side; one that is in use is not forgotten for newer ones."""
        if not isinstance(key, str) or len(key) > 100:
            return False
        hashed = _hash(key)
        # Every one is compared, each in the same time: how long it takes tells nothing.
        kept = self.keys[what]
        if sum([hmac.compare_digest(one, hashed) for one in kept]) == 0:
            return False
        if kept[-1] != hashed:
            self.keys[what] = [*(one for one in kept if one != hashed), hashed]
            self.save()
        return True

    def note(self, actor: str, what: str, **totals: int | str) -> None:
        """Enter something into the journal, and keep everything."""
        now = dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()
        self.journal.append({"at": now, "by": actor, "what": what, "rev": self.round.rev, **totals})
        self.save()

    def save(self) -> None:
        """Keep the book, whole or as it was."""
        if not self.kept:
            return
        data = {
            "format": _FORMAT,
            "engagement": self.engagement,
            "wave": self.wave,
            "round": asdict(self.round),
            "keys": self.keys,
            "journal": self.journal,
            "talk": self.talk,
            "batch": self.batch,
            "since": self.since,
            "done": self.done,
        }
        text = json.dumps(data, indent=1, ensure_ascii=False)
        try:
            write_all({self.path: text.encode("utf-8")})
        except OSError:
            if not self.patient:
                raise
            self.unsaved = True
        else:
            self.unsaved = False


def _hash(key: str) -> str:
    return hashlib.sha256(b"hrkit room " + key.encode("utf-8", "replace")).hexdigest()
