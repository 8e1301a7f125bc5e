"""Leading the meeting: what a host may do, what a phone may vote, and what becomes a record.

Votes go into `Ballots` and leave it only as a figure that `hrkit.disclosure.chosen.votes` allows; that figure is
recorded, and the ballots are erased.  What is said openly goes into the records as the host
writes it.  Every command is checked by `Talk` first.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hrkit.errors import HrkitError
from hrkit.model.engagement import Engagement, Wave
from hrkit.model.followed import Followed
from hrkit.records.store import KeptRecord, open_records, records_of
from hrkit.records.values import LEVELS, ROOM, Agreed, GroupWords, Records, VotesMoved, scope_of
from hrkit.room.ballots import Ballots
from hrkit.room.book import Book
from hrkit.room.sitting import NotNow
from hrkit.room.talk import FIRST, Talk, Topic
from hrkit.text import clean

if TYPE_CHECKING:
    from hrkit.disclosure.released import Released

__all__ = ["Meeting", "Seat", "proposed"]

Message = dict[str, Any]
#: Characters of a text that the host writes; a wall holds no more of it.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody with a phone: the code they came with, and from which chair they answer."""

    code: str
    perspective: str


def proposed(
    engagement: Engagement, released: Released | None, by: str = "list"
) -> tuple[str, ...]:
    """Dimensions with a row of the grid, in the order in which to talk about them.

    Parameters
    ----------
    by
        ``list`` is the report's decision list, ``gap`` the largest difference first, ``spread`` the
        widest spread of answers first, where it may be shown.  What has no figure comes last.
    """
    ids = [section.id for section in engagement.instrument.dimensions if section.grid]
    if released is None:
        return tuple(ids)
    from hrkit.report import findings

    listed = [one.measure for one in findings.to_take_up(released)]
    listed += [one.measure for one in sorted(released.priorities, key=lambda p: p.rank)]
    order = {id: place for place, id in reversed(list(enumerate(listed)))}
    figures: dict[str, float] = {}
    if by == "gap":
        gaps = [g for g in released.gaps if g.shown and g.unit == engagement.root.id]
        figures = {gap.measure: abs(gap.difference or 0) for gap in gaps}
    elif by == "spread":
        for one in released.agreements:
            figures[one.measure] = max(figures.get(one.measure, 0.0), one.deviation)
    return tuple(
        sorted(
            ids, key=lambda id: (-figures.get(id, -1.0), order.get(id, len(listed)), ids.index(id))
        )
    )


class Meeting:
    """The meeting of one room.

    Parameters
    ----------
    released
        What was revealed; None where nothing was.
    seats
        Who is there now.
    """

    def __init__(
        self,
        engagement: Engagement,
        wave: Wave,
        book: Book,
        released: Callable[[], Released | None],
        seats: Callable[[], Iterable[Seat]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.engagement, self.wave, self.book = engagement, wave, book
        self.released, self._seats, self._clock = released, seats, clock
        self.talk = Talk.read(book.talk) if book.talk else None
        self._ballots: Ballots | None = None
        self._consents: dict[str, dict[str, bool]] = {}
        self._records: Records | None = None
        self._written_in = engagement.language
        if self.talk is not None and self.closing:
            self.talk = self.talk.voted("closed")  # the process was killed in between

    @property
    def ballots(self) -> Ballots:
        """Votes that were not shown yet; the file is made with the first."""
        if self._ballots is None:
            self._ballots = Ballots(self.engagement.folder if self.book.kept else None)
        return self._ballots

    @property
    def records(self) -> Records:
        """What stands in the records of this wave."""
        if self._records is None:
            names = self.engagement.stored_under(self.wave.id)
            self._records = records_of(self.engagement).of(names)
        return self._records

    @property
    def closing(self) -> bool:
        """Whether a vote closes."""
        topic = self.talk.topic if self.talk else None
        return topic is not None and topic.vote.endswith("closing")

    @property
    def moment(self) -> float:
        """Now."""
        return self._clock()

    # ------------------------------------------------------------------------------- the host

    def begin(self) -> None:
        """The meeting opens with the proposed agenda; votes of this wave that were shown stay shown."""
        if self.talk is not None or not self.engagement.instrument.has_grid:
            raise NotNow("not_now")
        names = proposed(self.engagement, self.released())
        count = FIRST if self.released() is not None else len(names)
        held = {one.dimension: one for one in self.records.votes}
        self.talk = Talk(tuple(_topic(name, held.get(name)) for name in names[:count]))

    def command(self, message: Message, language: str = "") -> str:
        """Carry out what a host says; what is to be written into the journal comes back.

        Parameters
        ----------
        language
            In which the host's page is: what is written there is kept as of that language.

        Raises
        ------
        NotNow
            If it is not allowed from here.
        HrkitError
            If what was written cannot be kept.
        """
        do = message.get("do", "")
        self._written_in = language or self.engagement.language
        if do == "begin":
            self.begin()
            return "begin the meeting"
        handler: Callable[[Message], None] | None = getattr(self, f"_do_{do}", None)
        if self.talk is None or handler is None or not do.isidentifier():
            raise NotNow("not_now")
        handler(message)
        self._records = None
        return f"meeting: {do}"

    def closed(self) -> bool:
        """What was on its way has had its time; whether anything was closing."""
        if not self.closing or self.talk is None:
            return False
        self.talk = self.talk.voted("closed")
        return True

    def end(self) -> None:
        """Nobody's vote is left."""
        if self._ballots is not None or self.talk is not None:
            self.ballots.erase()
            self.ballots.close()
            self._ballots = self.talk = None

    def _do_order(self, message: Message) -> None:
        rows = []
        known = {section.id for section in self.engagement.instrument.dimensions if section.grid}
        for one in message.get("order", []):
            name, minutes, pause = (*str(one).split(":"), "0", "0")[:3]
            if name not in known or not (minutes + pause).isdecimal():
                raise NotNow("not_now")
            rows.append((name, int(minutes[:4] or 0), int(pause[:4] or 0)))
        self._now = self._talk.ordered(tuple(rows))

    def _do_sort(self, message: Message) -> None:
        by, talk = message.get("what", ""), self._talk
        if by not in ("list", "gap", "spread") or any(t.step != "waiting" for t in talk.topics):
            raise NotNow("not_now")
        minutes = {one.dimension: one for one in talk.topics}
        names = list(proposed(self.engagement, self.released(), by))[: len(talk.topics)]
        self._now = replace(talk, topics=tuple(minutes.get(n, Topic(n)) for n in names))

    def _do_pause(self, _: Message) -> None:
        self._now = self._talk.paused(self.moment)

    def _do_topic(self, message: Message) -> None:
        talk = self._talk
        if talk.topic is not None and talk.topic.dimension != message.get("topic"):
            self._leave()
        self._now = self._talk.opened(message.get("topic", ""))

    def _do_open(self, _: Message) -> None:
        topic = self._topic()
        if topic.vote == "first-closed" and not self.ballots.votes(topic.dimension, "first"):
            raise NotNow("nobody_voted")
        self._now = self._talk.voted("open")

    def _do_close(self, _: Message) -> None:
        self._now = self._talk.voted("close")

    def _do_void(self, message: Message) -> None:
        _reasoned(message)
        topic = self._topic()
        self._now = self._talk.voted("void")
        self.ballots.erase(topic.dimension, topic.vote.partition("-")[0])

    def _do_reveal(self, _: Message) -> None:
        """A publication: figures of what was voted, decided together and recorded."""
        from hrkit.disclosure.chosen.votes import VoteFigure, first_told, pair_told

        topic = self._topic()
        if topic.vote not in ("first-closed", "second-closed"):
            raise NotNow("not_now")
        k, d = self._thresholds()
        first = self.ballots.votes(topic.dimension, "first")
        if topic.vote == "first-closed":
            if topic.first:
                raise NotNow("not_now")
            figures = (first_told(first, k, d).code, "")
        else:
            if topic.second:
                raise NotNow("not_now")
            shown = VoteFigure.read(topic.first) if topic.first else None
            second = self.ballots.votes(topic.dimension, "second")
            one, two = pair_told(first, second, k, d, shown)
            figures = (one.code, two.code)
        self._now = self._talk.revealed(*figures)
        self._keep_votes()
        if topic.vote == "second-closed":
            self.ballots.erase(topic.dimension)

    def _do_cards(self, message: Message) -> None:
        """A show of cards: the middle of each, as the facilitator saw it."""
        from hrkit.disclosure.chosen.votes import VoteFigure

        codes = []
        for name in ("first", "second"):
            said = message.get(name, "").strip().replace("–", "-")
            try:
                codes.append(VoteFigure.read(f"middle {said}").code if said else "")
            except ValueError:
                raise NotNow("no_level") from None
        self._now = self._talk.carded(codes[0], codes[1])
        self._keep_votes()

    def _keep_votes(self) -> None:
        from hrkit.disclosure.chosen.votes import VoteFigure, shift_of

        topic = self._topic()
        first, second = (VoteFigure.read(c or "none") for c in (topic.first, topic.second))
        shift = shift_of(first, second) if topic.second else ""
        value = VotesMoved(
            topic.dimension, self.wave.id, topic.first, topic.second, shift, topic.by_hand
        )
        self._put(value)

    def _do_question(self, message: Message) -> None:
        self._topic()
        self._now = replace(self._talk, question=max(0, min(message.get("question", 0), 9)))

    def _do_clock(self, message: Message) -> None:
        what, seconds = message.get("what", ""), message.get("seconds", 0)
        clock = self._talk.clock.set(what, max(0, min(seconds, 3600)), self.moment)
        self._now = replace(self._talk, clock=clock)

    def _do_look(self, message: Message) -> None:
        what = message.get("what", "")
        if what not in self.showable:
            raise NotNow("not_now")
        self._now = replace(self._talk, shows=what)

    def _do_agree(self, message: Message) -> None:
        """A group's word on the open row: kept as a draft, or locked."""
        from hrkit.disclosure.chosen.votes import VoteFigure, shift_of

        topic, level = self._topic(), message.get("level", 0)
        try:
            scope_of(scope := message.get("scope", ROOM) or ROOM)
        except ValueError:
            raise NotNow("not_now") from None
        party = scope.startswith("party:")
        if party and self._talk.parties.get(scope[6:]) not in ("consented", "placed"):
            raise NotNow("not_now")
        evidence, shift, views = (_written(message, n) for n in ("evidence", "shift", "views"))
        locked = message.get("what") == "lock"
        if (
            level not in (0, *LEVELS)
            or (locked and not evidence)
            or (locked and not level and not views)
        ):
            raise NotNow("no_evidence")
        moved = VoteFigure.read(topic.first or "none"), VoteFigure.read(topic.second or "none")
        if locked and scope == ROOM and shift_of(*moved) in ("higher", "lower") and not shift:
            raise NotNow("no_shift")
        version = self.book.round.version
        value = Agreed(
            topic.dimension,
            self.wave.id,
            scope,
            level or None,
            evidence,
            shift,
            views,
            locked,
            version,
            self._written_in,
        )
        self._put(value, reason=_written(message, "reason"))
        talk = self._talk
        if party:
            talk = replace(talk, parties={**talk.parties, scope[6:]: "placed"})
            self._now = replace(talk, shows="placed") if locked else talk
        elif scope == ROOM:
            self._now = talk.settled(("agreed" if level else "parted") if locked else "agree")
        elif locked:
            self._now = replace(talk, shows="agreed")

    def _do_skip(self, message: Message) -> None:
        self._leave()
        self._now = replace(self._talk.settled("skipped"), step="agenda", at=-1, shows="agenda")

    def _do_agenda(self, _: Message) -> None:
        self._leave()
        self._now = replace(self._talk, step="agenda", at=-1, shows="agenda")

    def _do_actions(self, _: Message) -> None:
        self._leave()
        self._now = replace(self._talk, step="actions", at=-1, shows="actions")

    def _do_action(self, message: Message) -> None:
        """An action: what, who by role, by when, horizon, first sign."""
        from hrkit.report.actions import HORIZONS

        what, owner, due = (_written(message, n) for n in ("what", "owner", "due"))
        if not what or not owner or not due:
            raise NotNow("no_action")
        try:
            due = dt.date.fromisoformat(due).isoformat()
        except ValueError:
            raise NotNow("no_date") from None
        names = [section.id for section in self.engagement.instrument.dimensions]
        horizon, dimension = message.get("horizon", ""), message.get("topic", "")
        if dimension not in names or horizon not in ("", *HORIZONS):
            raise NotNow("no_action")
        sign = _written(message, "sign")
        value = Followed(
            what,
            dimension,
            "open",
            self.wave.id,
            "",
            owner,
            "",
            due,
            horizon,
            sign,
            self._written_in,
        )
        self._put(value, id=message.get("id", ""), reason=_written(message, "reason"))
        self._now = replace(self._talk, shows="actions")

    def _do_drop(self, message: Message) -> None:
        """An action is not done after all; why is kept."""
        reason, id = _reasoned(message), message.get("id", "")
        for entry in self.kept("action"):
            if entry.id == id and isinstance(entry.value, Followed):
                self._put(replace(entry.value, status="dropped", note=reason), id=id, reason=reason)
                return
        raise NotNow("not_now")

    def _do_words(self, message: Message) -> None:
        """What a group wrote down in its own words."""
        text, scope = _written(message, "what"), message.get("scope", ROOM) or ROOM
        topic = self._talk.topic
        if not text:
            raise NotNow("no_evidence")
        try:
            self._put(self._words(text, topic.dimension if topic else "", scope))
        except ValueError:
            raise NotNow("not_now") from None

    def _words(self, text: str, dimension: str, scope: str) -> GroupWords:
        return GroupWords(text, self.wave.id, dimension, scope, self._written_in)

    # ------------------------------------------------------- a side that is too small to be shown

    def small(self) -> tuple[str, ...]:
        """Perspectives of groups that were asked, and of which the release shows nothing."""
        released = self.released()
        if released is None:
            return ()
        root, dimensions = self.engagement.root.id, self.engagement.instrument.dimensions
        return tuple(
            p
            for group in released.groups
            if not any(released.score(s.id, group.id, root).shown for s in dimensions)
            for p in group.perspectives
        )

    def _do_party(self, message: Message) -> None:
        """Ask a side on its phones, or see whether all of it said yes.

        One no, one silent and nobody there are told by the same word.
        """
        party, what, talk = message.get("party", ""), message.get("what", ""), self._talk
        state = talk.parties.get(party, "")
        if party not in self.small():
            raise NotNow("not_now")
        if what == "ask" and state in ("", "declined"):
            self._consents[party], state = {}, "asking"
        elif what == "see" and state == "asking":
            there = {seat.code for seat in self._seats() if seat.perspective == party}
            said = self._consents.pop(party, {})
            state = "consented" if there and all(said.get(c) for c in there) else "declined"
        else:
            raise NotNow("not_now")
        self._now = replace(talk, parties={**talk.parties, party: state})

    def consent(self, seat: Seat, party: str, yes: bool) -> bool:
        """What one of a side said; in memory only.

        Who said yes may say no until the group's word is written down: the side is not placed then,
        told by the same word as ever.
        """
        talk = self.talk
        mine = talk is not None and seat.perspective == party
        if talk is not None and mine and not yes and talk.parties.get(party) == "consented":
            self._now = replace(talk, parties={**talk.parties, party: "declined"})
            return True
        asked = talk is not None and talk.parties.get(party) == "asking"
        if not asked or seat.perspective != party:
            return False
        self._consents.setdefault(party, {})[seat.code] = yes
        return True

    def consented(self, seat: Seat) -> bool | None:
        """What this person said to being placed openly; None for nothing."""
        return self._consents.get(seat.perspective, {}).get(seat.code)

    # ------------------------------------------------------------------------------ the phones

    def vote(self, seat: Seat, which: str, level: int) -> bool:
        """Keep a vote; False where it is not taken."""
        topic = self.talk.topic if self.talk else None
        if topic is None or level not in (0, *LEVELS):
            return False
        if topic.vote not in (which, f"{which}-closing") or which not in ("first", "second"):
            return False
        voter = self.ballots.voter(seat.code)
        if which == "second" and (
            not level or not self.ballots.own(topic.dimension, "first", voter)
        ):
            return False
        self.ballots.cast(topic.dimension, which, voter, level)
        return True

    def own(self, seat: Seat) -> tuple[int | None, int | None]:
        """Somebody's own votes on the open row."""
        topic = self._topic()
        if not topic.vote:
            return None, None
        voter = self.ballots.voter(seat.code)
        first = self.ballots.own(topic.dimension, "first", voter)
        return first, self.ballots.own(topic.dimension, "second", voter)

    def totals(self) -> tuple[int, int] | None:
        """How many have voted, of how many; None where nothing is voted on."""
        topic = self.talk.topic if self.talk else None
        if topic is None or not topic.vote or topic.second or topic.by_hand:
            return None
        if topic.vote.startswith("first"):
            given = self.ballots.given(topic.dimension, "first")
            return given, max(given, len({seat.code for seat in self._seats()}))
        of = len(self.ballots.votes(topic.dimension, "first"))
        return min(of, self.ballots.given(topic.dimension, "second")), of

    # -------------------------------------------------------------------------------- helpers

    @property
    def showable(self) -> tuple[str, ...]:
        """What the wall may be turned to."""
        if self.talk is None:
            return ()
        found = list(self.talk.showable)
        if self.book.round.version:
            found.insert(0, "profile")
        if self.placed() is not None:
            found.append("placed")
        return tuple(found)

    def placed(self) -> Agreed | None:
        """A side's open placement on the open row."""
        topic = self.talk.topic if self.talk else None
        return next(
            (
                one
                for one in self.records.agreed
                if topic and one.dimension == topic.dimension
                if one.scope.startswith("party:") and one.locked
            ),
            None,
        )

    def kept(self, kind: str) -> tuple[KeptRecord, ...]:
        """Records of one kind of this wave, with their ids."""
        names = self.engagement.stored_under(self.wave.id)
        with open_records(self.engagement, write=False) as keeper:
            return tuple(
                one
                for one in keeper.entries(kind)
                if (one.value.since if isinstance(one.value, Followed) else one.value.wave) in names
            )

    @property
    def _talk(self) -> Talk:
        if self.talk is None:
            raise NotNow("not_now")
        return self.talk

    @property
    def _now(self) -> Talk:
        return self._talk

    @_now.setter
    def _now(self, talk: Talk) -> None:
        self.talk = talk

    def _topic(self) -> Topic:
        topic = self._talk.topic
        if topic is None:
            raise NotNow("not_now")
        return topic

    def _leave(self) -> None:
        """Votes of a topic that is left and were not shown are void."""
        topic = self._talk.topic
        if topic is None:
            return
        if self._talk.voting:
            raise NotNow("not_now")
        if topic.vote and not (topic.second or topic.by_hand):
            self.ballots.erase(topic.dimension)
            kept = "second-closed" if topic.first else ""
            self._now = self._talk.with_topic(vote=kept)

    def _thresholds(self) -> tuple[int, int]:
        protection = self.engagement.protection
        return protection.scores, protection.details

    def _put(self, value: Any, *, id: str = "", reason: str = "") -> None:
        with open_records(self.engagement) as keeper:
            keeper.put(value, id=id, reason=reason)
        self._records = None


def _topic(name: str, held: VotesMoved | None) -> Topic:
    if held is None:
        return Topic(name)
    vote = "" if held.by_hand else "second-closed"
    return Topic(name, vote=vote, first=held.first, second=held.second, by_hand=held.by_hand)


def _written(message: Message, name: str) -> str:
    text = " ".join(clean(message.get(name, "")).split())
    if len(text) > _LONGEST:
        raise HrkitError(f"At most {_LONGEST} characters, so that a wall can show it.")
    return text


def _reasoned(message: Message) -> str:
    reason = _written(message, "reason")
    if not reason:
        raise NotNow("no_reason")
    return reason
