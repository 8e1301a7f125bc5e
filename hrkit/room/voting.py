"""Votes of the meeting: given on phones, counted for nobody, shown as a figure of all.

Votes go into `Ballots` and leave it only as a figure that `hrkit.disclosure.chosen.votes` allows;
that figure is recorded, and the ballots are erased.
"""

from __future__ import annotations

from hrkit.records.values import LEVELS, VotesMoved
from hrkit.room.gathering import Gathering, Handler, Message, Seat, reasoned
from hrkit.room.sitting import NotNow

__all__ = ["COMMANDS", "own", "totals", "vote", "without"]


def _open(meeting: Gathering, _message: Message) -> None:
    topic = meeting.topic()
    if topic.vote == "first-closed" and not meeting.ballots.votes(topic.dimension, "first"):
        raise NotNow("nobody_voted")
    meeting.talk = meeting.talking.voted("open")


def _close(meeting: Gathering, _message: Message) -> None:
    meeting.talk = meeting.talking.voted("close")


def _void(meeting: Gathering, message: Message) -> None:
    reasoned(message)
    topic = meeting.topic()
    meeting.talk = meeting.talking.voted("void")
    meeting.ballots.erase(topic.dimension, topic.vote.partition("-")[0])


def _reveal(meeting: Gathering, _message: Message) -> None:
    """A publication: figures of what was voted, decided together and recorded."""
    from hrkit.disclosure.chosen.shares import behind
    from hrkit.disclosure.chosen.votes import VoteFigure, first_told, pair_told

    topic = meeting.topic()
    if topic.vote not in ("first-closed", "second-closed"):
        raise NotNow("not_now")
    k, d = meeting.thresholds()
    least = behind(meeting.engagement.protection.insider)
    first = meeting.ballots.votes(topic.dimension, "first")
    if topic.vote == "first-closed":
        if topic.first:
            raise NotNow("not_now")
        figures = (first_told(first, k, d, least).code, "")
    else:
        if topic.second:
            raise NotNow("not_now")
        shown = VoteFigure.read(topic.first) if topic.first else None
        second = meeting.ballots.votes(topic.dimension, "second")
        one, two = pair_told(first, second, k, d, shown, least)
        figures = (one.code, two.code)
    meeting.talk = meeting.talking.revealed(*figures)
    _keep(meeting)
    if topic.vote == "second-closed":
        meeting.ballots.erase(topic.dimension)


def _cards(meeting: Gathering, message: Message) -> None:
    """A show of cards: the middle of each, as the facilitator saw it."""
    from hrkit.disclosure.chosen.votes import VoteFigure

    codes = []
    for name in ("first", "second"):
        said = message.get(name, "").strip().replace("–", "-")
        try:
            codes.append(VoteFigure.read(f"middle {said}").code if said else "")
        except ValueError:
            raise NotNow("no_level") from None
    meeting.talk = meeting.talking.carded(codes[0], codes[1])
    _keep(meeting)


def _keep(meeting: Gathering) -> None:
    from hrkit.disclosure.chosen.votes import VoteFigure, shift_of

    topic = meeting.topic()
    first, second = (VoteFigure.read(c or "none") for c in (topic.first, topic.second))
    shift = shift_of(first, second) if topic.second else ""
    value = VotesMoved(
        topic.dimension, meeting.wave.id, topic.first, topic.second, shift, topic.by_hand
    )
    meeting.put(value)


def vote(meeting: Gathering, seat: Seat, which: str, level: int) -> bool:
    """Keep a vote; False where it is not taken."""
    topic = meeting.talk.topic if meeting.talk else None
    if topic is None or level not in (0, *LEVELS):
        return False
    if topic.vote not in (which, f"{which}-closing") or which not in ("first", "second"):
        return False
    voter = meeting.ballots.voter(seat.code)
    if which == "second" and (
        not level or not meeting.ballots.own(topic.dimension, "first", voter)
    ):
        return False
    meeting.ballots.cast(topic.dimension, which, voter, level)
    return True


def without(meeting: Gathering, code: str) -> None:
    """Whoever votes under another code from now on does not count twice, while that can be known."""
    topic = meeting.talk.topic if meeting.talk else None
    if topic is not None and topic.vote == "first":
        meeting.ballots.withdraw(topic.dimension, "first", meeting.ballots.voter(code))


def own(meeting: Gathering, seat: Seat) -> tuple[int | None, int | None]:
    """Somebody's own votes on the open row."""
    topic = meeting.topic()
    if not topic.vote:
        return None, None
    voter = meeting.ballots.voter(seat.code)
    first = meeting.ballots.own(topic.dimension, "first", voter)
    return first, meeting.ballots.own(topic.dimension, "second", voter)


def totals(meeting: Gathering) -> tuple[int, int] | None:
    """How many have voted, of how many; None where nothing is voted on."""
    topic = meeting.talk.topic if meeting.talk else None
    if topic is None or not topic.vote or topic.second or topic.by_hand:
        return None
    if topic.vote.startswith("first"):
        given = meeting.ballots.given(topic.dimension, "first")
        return given, max(given, len({seat.code for seat in meeting.seats()}))
    of = len(meeting.ballots.votes(topic.dimension, "first"))
    return min(of, meeting.ballots.given(topic.dimension, "second")), of


#: What whoever leads does with them.
COMMANDS: dict[str, Handler] = {
    "open": _open,
    "close": _close,
    "void": _void,
    "reveal": _reveal,
    "cards": _cards,
}
