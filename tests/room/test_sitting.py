"""The questionnaire's state in the room: what leads where, and what can never be undone."""

from __future__ import annotations

import random

import pytest

from hrkit.room.sitting import NotNow, Sitting

COMMANDS = ("close", "closed", "reopen", "reveal", "end")


def after(*commands: str) -> Sitting:
    round_ = Sitting()
    for one in commands:
        round_ = round_.revealed(3) if one == "reveal" else round_.after(one, reason="why")
    return round_


def test_the_usual_way() -> None:
    round_ = after("close", "closed", "reveal")
    assert (round_.step, round_.shows, round_.version, round_.rev) == ("released", "profile", 3, 3)
    assert round_.allowed == ("end",)


def test_a_released_round_is_never_opened_again() -> None:
    for command in ("reopen", "close", "reveal"):
        with pytest.raises(NotNow, match="not_now"):
            after("close", "closed", "reveal").after(command, reason="please")


def test_a_closed_round_is_opened_with_a_reason_only() -> None:
    closed = after("close", "closed")
    for reason in ("", "   "):
        with pytest.raises(NotNow, match="no_reason"):
            closed.after("reopen", reason=reason)
    assert closed.after("reopen", reason="the back row was late").step == "open"


def test_who_acts_on_an_older_picture_is_refused() -> None:
    round_ = after("close", "closed")
    with pytest.raises(NotNow, match="stale"):
        round_.revealed(1, round_.rev - 1)
    with pytest.raises(NotNow, match="stale"):
        round_.showing("closed", round_.rev + 1)
    assert round_.revealed(1, round_.rev).step == "released"


def test_turning_the_wall_publishes_nothing() -> None:
    """No sequence of turns alone leads to a release, or to a page that a release would fill."""
    for start in (after(), after("close"), after("close", "closed"), after("end")):
        round_ = start
        for what in ("join", "count", "closed", "profile", "end", "", "released") * 3:
            try:
                round_ = round_.showing(what)
            except NotNow:
                continue
        assert (round_.step, round_.version) == (start.step, 0)
        assert round_.shows != "profile"


def test_whatever_is_pressed_a_release_comes_after_a_closed_round_once() -> None:
    draw = random.Random(7)
    for _ in range(300):
        round_, log = Sitting(), []
        for _ in range(12):
            command = draw.choice(COMMANDS)
            try:
                if command == "reveal":
                    round_ = round_.revealed(len(log) + 1)
                else:
                    round_ = round_.after(command, reason=draw.choice(["", "late"]))
            except NotNow:
                continue
            log.append((command, round_.step))
        steps = [step for _, step in log]
        assert steps.count("released") <= 1
        if "released" in steps:
            at = steps.index("released")
            assert steps[at - 1] == "closed"
            assert set(steps[at + 1 :]) <= {"ended"}
