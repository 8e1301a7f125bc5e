"""Whose answers a store holds: copies, neighbours and links are told apart from moves and new names."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import shutil
import sqlite3

import pytest

from hrkit.answers.store import open_store
from hrkit.errors import StoreError
from hrkit.model import engagement_file as engagements


@pytest.fixture
def acme(engagement):
    with open_store(engagement) as store:
        store.begin("w1", "north", "hr")
    return engagement


def other(engagement, name, id="beta", client="Beta", **more):
    """The engagement of another folder beside this one."""
    folder = engagement.folder.parent / name
    folder.mkdir(exist_ok=True)
    return dataclasses.replace(engagement, folder=folder, id=id, client=client, **more)


def copied(engagement, name="beta", **more):
    shutil.copytree(engagement.folder, engagement.folder.parent / name)
    return other(engagement, name, **more)


WAYS = {"reading": {"create": False, "write": False}, "writing": {}}


@pytest.mark.parametrize("how", WAYS)
def test_a_copied_folder_under_another_id_is_refused(acme, how):
    beta = copied(acme)
    with pytest.raises(
        StoreError, match="another engagement, acme, and not of beta.*hrkit new DIR --like OTHER"
    ):
        open_store(beta, **WAYS[how])
    with open_store(acme, **WAYS[how]) as store:
        assert len(store.read()) == 1


@pytest.mark.parametrize("how", WAYS)
def test_a_copy_that_was_only_given_another_name_is_refused(acme, how):
    beta = copied(acme, id=acme.id)
    with pytest.raises(StoreError, match="a copy, says Beta.*hrkit new DIR --like OTHER"):
        open_store(beta, **WAYS[how])


def test_only_the_store_was_copied(acme):
    beta = other(acme, "beta")
    shutil.copy(acme.folder / "answers.sqlite", beta.folder)
    with pytest.raises(StoreError, match="another engagement, acme"):
        open_store(beta)


@pytest.mark.parametrize(
    "place",
    [
        "../acme/answers.sqlite",
        "sqlite:///../acme/answers.sqlite",
        "{}/answers.sqlite",
        "sqlite:///{}/answers.sqlite",
    ],
)
@pytest.mark.parametrize("id", ["beta", "acme"])
def test_a_store_of_a_neighbour_is_refused(acme, place, id):
    # Under the same id it would be the same client in two folders: its name says it is not.
    beta = other(acme, "beta", id=id, store=place.format(acme.folder))
    with pytest.raises(StoreError, match="hrkit new DIR --like OTHER"):
        open_store(beta)


def test_links_do_not_make_it_one_s_own(acme):
    beta = other(acme, "beta")
    os.symlink(acme.folder / "answers.sqlite", beta.folder / "answers.sqlite")
    with pytest.raises(StoreError, match="another engagement"):
        open_store(beta)
    hard = other(acme, "gamma", id=acme.id, client="Gamma")
    os.link(acme.folder / "answers.sqlite", hard.folder / "answers.sqlite")
    with pytest.raises(StoreError, match="a copy"):
        open_store(hard)


def test_a_new_name_in_place_is_taken_over(acme):
    renamed = dataclasses.replace(acme, client="New Name A/S")
    with open_store(renamed, create=False, write=False) as store:
        assert len(store.read()) == 1
    with open_store(renamed) as store:
        assert len(store.read()) == 1
    # It is the name of this store from now on: a copy under the old name is another's.
    with pytest.raises(StoreError, match="answers of New Name A/S"):
        open_store(copied(acme, "old", id=acme.id, client=acme.client))


def test_a_folder_that_was_moved_or_restored_is_the_same(acme):
    moved = copied(acme, "archive", id=acme.id, client=acme.client)
    with open_store(moved) as store:
        store.begin("w1", "north", "hr")
    renamed = dataclasses.replace(moved, client="New Name A/S")
    with open_store(renamed) as store:
        assert len(store.read()) == 2


def test_a_kept_release_of_another_is_refused(acme):
    with open_store(acme) as store:
        store.record_release("w1", dt.date(2026, 11, 21), {"released": {"engagement": "beta"}})
        with (
            store.looking("w1") as round,
            pytest.raises(StoreError, match="release of another engagement, beta"),
        ):
            round.kept()


def test_two_at_once_cannot_both_own_a_new_store(acme):
    place = acme.folder / "answers.sqlite"
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE meta SET engagement = NULL, client = NULL, place = NULL")
    connection.close()
    with open_store(acme):
        pass
    with pytest.raises(StoreError, match="another engagement"):
        open_store(other(acme, "beta", store=str(place)))


NAMES = [
    "Klar?1",
    "Klar?2",
    "50 % & more",
    "a#b",
    "a%41b",
    "a;b",
    "x@y:z",
    "[1]",
    "~",
    "o'clock",
    'say "hi"',
    "æøå ÆØÅ",
    "two\nlines",
    "file:x?mode=memory",
    ":memory:",
    "sqlite:",
    "n" * 230,
    "ø" * 115,
]


@pytest.mark.parametrize("write", [True, False])
def test_every_folder_has_its_own_store(engagement, write):
    parent = engagement.folder.parent / "P"
    for name in NAMES:
        shutil.copytree(engagement.folder, parent / name)
        one = dataclasses.replace(engagement, folder=parent / name)
        with open_store(one) as store:
            for _ in range(len(name)):
                store.begin("w1", "north", "hr")
        assert engagements.load(parent / name).folder == (parent / name).resolve()
    assert sorted(path.name for path in parent.iterdir()) == sorted(NAMES)
    for name in NAMES:
        assert [p.name for p in (parent / name).iterdir() if "sqlite" in p.name] == [
            "answers.sqlite"
        ]
        one = dataclasses.replace(engagement, folder=parent / name)
        with open_store(one, create=False, write=write) as store:
            assert len(store.read()) == len(name)


@pytest.mark.parametrize("name", ["my answers?.sqlite", "a#b%20.db", "ø:å.sqlite"])
def test_a_store_may_be_named_by_a_file_name(engagement, name):
    with open_store(dataclasses.replace(engagement, store=name)) as store:
        store.begin("w1", "north", "hr")
    assert (engagement.folder / name).is_file()
    assert not (engagement.folder / "answers.sqlite").exists()


@pytest.mark.parametrize("linked", [False, True])
def test_the_file_is_its_owner_s_alone(engagement, tmp_path, linked):
    if linked:  # it is not there yet: the folder may lie on another disk
        (engagement.folder / "answers.sqlite").symlink_to(tmp_path / "elsewhere.sqlite")
    with open_store(engagement) as store:
        store.begin("w1", "north", "hr")
    if os.name == "posix":
        assert (engagement.folder / "answers.sqlite").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("create", [False])
def test_an_empty_store_is_no_answers_and_stays_empty(engagement, create):
    place = engagement.folder / "answers.sqlite"
    place.touch()
    for write in (True, False):
        with pytest.raises(StoreError, match="There are no answers yet: answers.sqlite is empty"):
            open_store(engagement, create=create, write=write)
        assert place.stat().st_size == 0
        assert [p.name for p in engagement.folder.glob("answers.sqlite*")] == ["answers.sqlite"]
