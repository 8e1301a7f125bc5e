"""The meeting after the questionnaire as a state: agenda, votes, talk, what is agreed, actions.

A topic goes ``waiting → first → talk → second → agree → agreed | parted | skipped``; its vote
``"" → first → first-closing → first-closed → second → second-closing → second-closed``, and may be
shown when it is closed.  Nothing that was shown is taken back: a vote with a figure stays.  What the
wall shows (`Talk.shows`) is a pointer of its own, and moving it publishes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from hrkit.room.sitting import NotNow

__all__ = ["MINUTES", "Clock", "Talk", "Topic"]

#: Minutes of a topic where nobody says otherwise, and how many topics an agenda begins with.
MINUTES, FIRST = 25, 4
_DONE = ("agreed", "parted", "skipped")


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that runs down: seconds left at a moment, which is 0 while it stands."""

    left: int = 0
    since: float = 0.0

    def now(self, moment: float) -> int:
        """Seconds left."""
        gone = moment - self.since if self.since else 0.0
        return max(0, round(self.left - gone))

    def set(self, what: str, seconds: int, moment: float) -> Clock:
        """The clock started, paused, or with other seconds."""
        left = self.now(moment)
        if what == "start":
            return Clock(left, moment)
        if what == "pause":
            return Clock(left)
        if what == "add":
            left = min(left + seconds, 4 * 3600)
            return Clock(left, moment if self.since else 0.0)
        raise NotNow("not_now")


@dataclass(frozen=True, slots=True)
class Topic:
    """One row of the agenda.

    Attributes
    ----------
    first, second
        What was released of the votes, as `hrkit.disclosure.chosen.votes` writes it; empty for nothing.
    by_hand
        The votes were a show of cards.
    pause
        Minutes of a break after it; 0 for none.
    """

    dimension: str
    minutes: int = MINUTES
    step: str = "waiting"
    vote: str = ""
    first: str = ""
    second: str = ""
    by_hand: bool = False
    pause: int = 0

    @property
    def shown(self) -> bool:
        """Whether anything of its votes was."""
        return bool(self.first or self.second)


@dataclass(frozen=True, slots=True)
class Talk:
    """Where the meeting stands.

    Attributes
    ----------
    step
        ``agenda``, ``topic``, ``actions``.
    at
        Place of the topic that is open.
    shows
        What the wall shows.
    question
        Which of the topic's questions.
    parties
        Sides that are asked to place themselves openly: ``asking``, ``consented``, ``declined``,
        ``placed``.
    """

    topics: tuple[Topic, ...] = ()
    step: str = "agenda"
    at: int = -1
    shows: str = "agenda"
    question: int = 0
    clock: Clock = Clock()
    parties: Mapping[str, str] = field(default_factory=dict)

    @property
    def topic(self) -> Topic | None:
        """The topic that is open."""
        return self.topics[self.at] if self.step == "topic" else None

    def with_topic(self, **changed: Any) -> Talk:
        """The open topic changed."""
        topics = list(self.topics)
        topics[self.at] = replace(topics[self.at], **changed)
        return replace(self, topics=tuple(topics))

    # ------------------------------------------------------------------------------ commands

    def ordered(self, rows: tuple[tuple[str, int, int], ...]) -> Talk:
        """Another order, other minutes and breaks, topics taken out or in; what has begun stays in.

        Parameters
        ----------
        rows
            Dimension, minutes, and minutes of the break after it.
        """
        known = {one.dimension: one for one in self.topics}
        names = [name for name, _, _ in rows]
        begun = [one.dimension for one in self.topics if one.step != "waiting"]
        if len(set(names)) < len(names) or set(begun) - set(names) or not names:
            raise NotNow("not_now")
        topics = tuple(
            replace(
                known.get(name, Topic(name)),
                minutes=max(1, min(minutes, 240)),
                pause=max(0, min(pause, 120)),
            )
            for name, minutes, pause in rows
        )
        open_ = self.topic.dimension if self.topic else ""
        return replace(self, topics=topics, at=names.index(open_) if open_ else self.at)

    def opened(self, dimension: str) -> Talk:
        """A topic taken up."""
        at = next((i for i, one in enumerate(self.topics) if one.dimension == dimension), -1)
        if at < 0 or self.voting:
            raise NotNow("not_now")
        talk = replace(self, step="topic", at=at, question=0)
        talk = replace(talk, clock=Clock(60 * self.topics[at].minutes), shows="topic")
        return talk if talk.topics[at].step != "waiting" else talk.with_topic(step="talk")

    def paused(self, moment: float) -> Talk:
        """A break begins: that of the last subject that is done, or the first there is."""
        found = [one for one in self.topics if one.pause]
        done = [one for one in found if one.step in _DONE]
        if self.step != "agenda" or not found:
            raise NotNow("not_now")
        clock = Clock(60 * (done[-1] if done else found[0]).pause, moment)
        return replace(self, clock=clock, shows="pause")

    @property
    def voting(self) -> bool:
        """Whether a vote is open or closing."""
        vote = self.topics[self.at].vote if 0 <= self.at < len(self.topics) else ""
        return vote.partition("-")[2] == "closing" or vote in ("first", "second")

    def voted(self, do: str) -> Talk:
        """The open topic's vote, one step on: ``open``, ``close``, ``closed``, ``void``."""
        topic = self.topic
        ways = {
            ("open", ""): "first",
            ("open", "first-closed"): "second",
            ("close", "first"): "first-closing",
            ("close", "second"): "second-closing",
            ("closed", "first-closing"): "first-closed",
            ("closed", "second-closing"): "second-closed",
            ("void", "first"): "",
            ("void", "first-closed"): "",
            ("void", "second"): "first-closed",
            ("void", "second-closed"): "first-closed",
        }
        if topic is None or (do, topic.vote) not in ways or topic.by_hand:
            raise NotNow("not_now")
        if do == "void" and (topic.second or (topic.first and topic.vote == "first-closed")):
            raise NotNow("not_now")
        vote = ways[do, topic.vote]
        step = {"first": "first", "second": "second"}.get(
            vote, "talk" if topic.step in ("first",) else topic.step
        )
        if vote == "second-closed":
            step = "agree"
        shows = (
            "levels"
            if vote.partition("-")[0] in ("first", "second") and "closed" not in vote
            else "topic"
        )
        return replace(self.with_topic(vote=vote, step=step), shows=shows)

    def revealed(self, first: str, second: str) -> Talk:
        """Figures of the votes were released."""
        if self.topic is None or self.topic.vote not in ("first-closed", "second-closed"):
            raise NotNow("not_now")
        return replace(self.with_topic(first=first, second=second), shows="votes")

    def carded(self, first: str, second: str) -> Talk:
        """Votes by show of cards, typed."""
        if self.topic is None or self.topic.vote:
            raise NotNow("not_now")
        return replace(
            self.with_topic(first=first, second=second, by_hand=bool(first or second)),
            shows="votes",
        )

    def settled(self, how: str) -> Talk:
        """The open topic is done, or is taken up again."""
        if self.topic is None or self.voting:
            raise NotNow("not_now")
        return replace(
            self.with_topic(step=how), shows="agreed" if how in _DONE[:2] else self.shows
        )

    @property
    def showable(self) -> tuple[str, ...]:
        """What the wall may be turned to: nothing that is not public already."""
        found = ["agenda"]
        if self.topic is not None:
            found += ["topic", "levels"]
            if self.topic.shown:
                found.append("votes")
            found.append("agreed")
        if self.shows == "pause":
            found.append("pause")
        return (*found, "actions")

    # ------------------------------------------------------------------------------- keeping

    def data(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Talk:
        """From plain JSON."""
        topics = tuple(Topic(**one) for one in data["topics"])
        return cls(**{**data, "topics": topics, "clock": Clock(**data["clock"])})
