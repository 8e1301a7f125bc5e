"""Where answers lie, and who else gets at them there: folders kept in step, rights of files.

A program that keeps a folder in step copies the store to a provider and to other machines, keeps
what was erased among its versions, and may put two half-written files together.  So it is named,
with what to do, when a folder is made and whenever it is checked.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from hrkit.answers.neighbours import store_file
from hrkit.errors import HrkitError
from hrkit.model.engagement import Engagement

__all__ = ["dropped_notes", "open_to_others", "place_notes", "synced_note", "synchronised"]

#: What a folder that is kept in step is called, wherever in a path it stands: begin of the name.
_NAMED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "googledrive": "Google Drive",
    "google drive": "Google Drive",
    "sharepoint": "SharePoint",
    "syncthing": "Syncthing",
}
#: What such a program leaves in the topmost folder that it keeps in step.
_LEFT = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".sync_*.db": "Nextcloud",
    "._sync_*.db": "Nextcloud",
    ".stfolder": "Syncthing",
    ".tmp.drivedownload": "Google Drive",
}
#: Where Windows says that OneDrive lies.
_TOLD = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")

_ADVICE = (
    "{where} lies in a folder that {program} keeps in step: answers are copied to its provider, and "
    "what is erased here stays among its versions there. Move the folder out of it; if it has to "
    "stay, pause {program} while people answer, encrypt the store (hrkit duties encrypt), and delete "
    "its older versions after every erasure."
)


def synchronised(folder: Path) -> str:
    """The program that keeps a folder in step, as far as it can be told; empty for none."""
    place = folder.resolve()
    for told in _TOLD:
        root = os.environ.get(told)
        if root and place.is_relative_to(Path(root)):
            return "OneDrive"
    for one in (place, *place.parents):
        name = one.name.casefold()
        for start, program in _NAMED.items():
            # "OneDrive - Firm", "Dropbox (Firm)", "Nextcloud2", but no "Dropboxes".
            rest = name.removeprefix(start)
            if rest != name and not rest[:1].isalpha():
                return program
        for left, program in _LEFT.items():
            if next(one.glob(left), None) is not None:
                return program
    return ""


def open_to_others(path: Path) -> bool:
    """Whether others on this machine may read a file or folder; never where rights say nothing."""
    if os.name != "posix":
        return False
    try:
        return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    except OSError:
        return False


def synced_note(folder: Path) -> str:
    """What to do where a folder is kept in step; empty where it is not."""
    program = synchronised(folder)
    return _ADVICE.format(where=folder.resolve().name, program=program) if program else ""


def place_notes(engagement: Engagement) -> list[str]:
    """What is to be known of the place in which an engagement's answers lie."""
    folder, notes = engagement.folder, []
    if note := synced_note(folder):
        notes.append(note)
    store = store_file(engagement)
    elsewhere = store is not None and not synchronised(folder)
    if store is not None and elsewhere and (program := synchronised(store.parent)):
        notes.append(_ADVICE.format(where=store.name, program=program))
    theirs = [one for one in (store, folder / "records.sqlite") if one is not None]
    seen = [one.name for one in theirs if one.is_file() and open_to_others(one)]
    if seen:
        notes.append(
            f"Others on this machine can read {' and '.join(seen)}; make it yours alone: "
            f"chmod 600 {' '.join(seen)}."
        )
    return notes


def dropped_notes(engagement: Engagement) -> tuple[str, ...]:
    """Tools that an engagement names no more and whose answers still lie there."""
    from hrkit.model import engagement_file as engagements
    from hrkit.model.family import dropped

    def answers_lie(id: str) -> bool:
        try:
            place = store_file(engagements.load(engagement.folder / id))
        except HrkitError:
            return False  # said of the file that cannot be used
        return place is None or place.is_file()

    name = engagement.folder.name
    return tuple(
        f"{id} is among tools no more: its chapter is printed nowhere, and its answers still lie in "
        f"{name}/{id}. Name it again, or purge them there (hrkit duties purge {name}/{id}); what it "
        "has printed of numbers of people stays known."
        for id in dropped(engagement)
        if answers_lie(id)
    )
