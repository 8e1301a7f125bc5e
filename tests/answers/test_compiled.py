"""What is said to a store is compiled once in a process, whichever store it is said to."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.sql.compiler import SQLCompiler

from hrkit.storage import cipher
from hrkit.storage.database import connect, locate, reading, writing

THINGS = Table("things", MetaData(), Column("id", Integer, primary_key=True))


def said(place: Path, *, held: bool = False) -> list[int]:
    """What a new store says once it was told something."""
    engine = connect(locate("a.sqlite", place), held=held)
    with writing(engine, "it") as connection:
        THINGS.create(connection)
        connection.execute(insert(THINGS).values(id=len(place.name)))
    with reading(engine, "it") as connection:
        found = list(connection.execute(select(THINGS.c.id).where(THINGS.c.id > 0)).scalars())
    engine.dispose()
    return found


@pytest.mark.parametrize("held", [False, True])
def test_a_second_store_compiles_nothing_that_the_first_has_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    assert said(tmp_path / "one", held=held) == [3]
    compiled: list[object] = []
    usual = SQLCompiler.__init__
    monkeypatch.setattr(
        SQLCompiler,
        "__init__",
        lambda self, *given, **more: compiled.append(given) or usual(self, *given, **more),
    )
    assert said(tmp_path / "other", held=held) == [5]
    assert compiled == []


def test_a_plain_and_an_encrypted_store_share_nothing(tmp_path: Path) -> None:
    """Each driver brings a SQLite of its own, which may not know what the other knows."""
    pytest.importorskip("sqlcipher3")
    plain = connect(locate("a.sqlite", tmp_path)).dialect
    memory = cipher.library().connect(":memory:")
    sealed = connect(locate("sqlite://", tmp_path), memory=memory).dialect
    again = connect(locate("b.sqlite", tmp_path)).dialect
    assert plain == again and hash(plain) == hash(again)
    assert plain != sealed
    assert plain.name == sealed.name == "sqlite"
