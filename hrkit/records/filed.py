"""Which two values are versions of one record, and in whose language their words are."""

from __future__ import annotations

from dataclasses import replace

from hrkit.model.followed import Followed
from hrkit.records.values import Agreed, GroupWords, OpenLine, VotesMoved

__all__ = ["Value", "as_written", "what_about"]

Value = Agreed | VotesMoved | GroupWords | Followed | OpenLine


def what_about(value: Value) -> tuple[str, ...]:
    """What makes two values versions of one record."""
    if isinstance(value, Followed):
        return (" ".join(value.action.split()), value.since)
    if isinstance(value, VotesMoved):
        return (value.dimension, value.wave)
    if isinstance(value, OpenLine):
        return (value.tool, value.sheet, value.wave, value.scope, value.row)
    return (value.dimension, value.wave, value.scope)


def as_written(before: Value, value: Value) -> Value:
    """A value whose words are those of before is in the language of before, whoever wrote the rest."""
    if isinstance(before, (VotesMoved, OpenLine)) or isinstance(value, (VotesMoved, OpenLine)):
        return value
    same = before.language and _own_words(before) == _own_words(value)
    return replace(value, language=before.language) if same else value


def _own_words(value: Agreed | GroupWords | Followed) -> tuple[str, ...]:
    """What somebody wrote, and nobody translates."""
    if isinstance(value, Agreed):
        return (value.evidence, value.shift, value.views)
    if isinstance(value, GroupWords):
        return (value.text,)
    return (value.action, value.owner, value.sign)
