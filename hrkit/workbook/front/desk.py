"""The engine of the front page: what somebody did comes in, what is to be seen goes out.

It is called one message at a time, in a thread beside the kernel's; it holds no answer.  What a message
may ask for is a page, or a deed of a page; anything else is passed over.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hrkit.errors import HrkitError
from hrkit.files import of_the_system
from hrkit.model.languages import languages
from hrkit.storage.cipher import without_asking
from hrkit.workbook.front import late, lock
from hrkit.workbook.front.ended import ended, shown
from hrkit.workbook.front.jobs import Job, Jobs
from hrkit.workbook.front.pages import PAGES
from hrkit.workbook.front.pages.clients import client_name
from hrkit.workbook.front.parts import Reply, problem_rows
from hrkit.workbook.front.spoken import translated
from hrkit.workbook.front.state import LARGEST, FrontPage, State, first_language

__all__ = ["FrontDesk"]

Message = dict[str, Any]
#: Bytes of a made file that go to the browser at a time.
PIECE = 400_000


class FrontDesk:
    """One page's engine.

    Parameters
    ----------
    root
        The folder in which the notebook lies.
    language
        Of the page; the engagement's, or the browser's, if empty.
    told
        Given what is to be shown when a job says how far it is.
    begin
        How a job is started; see `hrkit.workbook.front.jobs.begun`.
    served
        The address under which Jupyter shows a file; empty for none.
    """

    def __init__(
        self,
        root: Path,
        language: str = "",
        *,
        told: Callable[[Message], None] = lambda _message: None,
        begin: Callable[..., Any] | None = None,
        served: Callable[[Path], str] = lambda _path: "",
    ) -> None:
        self._told, self._wished = told, language
        self._lock = threading.RLock()
        self._coming: dict[str, list[bytes]] = {}
        self.state = State(
            root.resolve(), language or first_language(""), Jobs(self._job, begin), served=served
        )
        if self.state.alone:
            self._open(self.state.root)

    def handle(self, content: object, buffers: Sequence[bytes] = ()) -> tuple[Message, list[bytes]]:
        """What is to be shown after a message; an empty one where there is nothing."""
        with self._lock, without_asking():
            if not isinstance(content, Mapping):
                return {}, []
            kind = content.get("type")
            if kind == "piece":
                return self._piece(content, buffers), []
            if kind == "fetch":
                return self._fetch(content)
            if kind == "look":
                if not self._wished and not self.state.alone:
                    self.state.language = first_language(str(content.get("language", "")))
            elif kind == "speak":
                self.state.language = first_language(str(content.get("language", "")))
                self._wished = self.state.language
            elif kind == "go":
                self._go(str(content.get("page", "")))
            elif kind == "do":
                self._do(content)
            elif kind == "pause":
                self.state.jobs.pause()
            else:
                return {}, []
            return self.view(), []

    def view(self) -> Message:
        """The whole page as it stands."""
        state = self.state
        page = self._page()
        try:
            parts = (lock.shows(state) if page.needs == "client" else []) or page.shows(state)
            parts = (late.shows(state) if page.needs == "client" else []) + parts
        except Exception as error:
            if not isinstance(error, HrkitError) and not of_the_system(error):
                raise
            parts = []
            state.said = state.said or self._wrong(error)
        said, state.said = state.said, None
        return {
            "type": "view",
            "title": state.say("front.title"),
            "client": client_name(state.folder) if state.folder is not None else "",
            "of": self._of,
            "language": state.language,
            "languages": [[code, one.name] for code, one in languages().items()],
            "page": page.id,
            "pages": [[one.id, state.say(f"front.pages.{one.id}")] for one in self._pages()],
            "parts": parts,
            "said": self._said(said),
            "job": shown(state, state.jobs.now),
            "ui": {key: state.say(f"front.ui.{key}") for key in _UI},
        }

    @property
    def _of(self) -> str:
        """By what a page says whose it is."""
        return self.state.folder.name if self.state.folder is not None else ""

    def _pages(self) -> list[FrontPage]:
        state = self.state
        many = not state.alone and len(state.clients()) > 0
        there = {
            "": not state.alone,
            "client": state.folder is not None,
            "many": many,
        }
        return [page for page in PAGES if there[page.needs]]

    def _page(self) -> FrontPage:
        pages = self._pages()
        return next((one for one in pages if one.id == self.state.page), pages[0])

    def _go(self, page: str) -> None:
        if page in {one.id for one in self._pages()}:
            self.state.page = page

    def _open(self, folder: Path) -> None:
        self.state.open(folder, "setup")
        if not self._wished:
            from hrkit.workbook.front import settings

            try:
                spoken = settings.read(folder).data.get("language", "")
            except HrkitError:
                return
            self.state.language = first_language(str(spoken))

    def _do(self, content: Mapping[str, Any]) -> None:
        page, _, deed = str(content.get("do", "")).partition(":")
        values = content.get("values")
        values = values if isinstance(values, Mapping) else {}
        if page == "clients" and deed == "open":
            chosen = str(values.get("folder", ""))
            found = [one for one in self.state.clients() if one.name == chosen]
            if found:
                self._open(found[0])
            return
        if (page, deed) == ("lock", "key") and self.state.folder is not None:
            self.state.said = lock.unlocked(self.state, values)
            return
        found_page = next((one for one in self._pages() if one.id == page), None)
        if found_page is None or deed not in found_page.deeds:
            return
        if found_page.needs == "client" and content.get("of", self._of) != self._of:
            # It was filled in for the client before, whose page still stood there.
            self.state.said = Reply(False, self.state.say("front.elsewhere"))
            return
        self.state.page = page
        try:
            said = found_page.deeds[deed](self.state, values)
        except Exception as error:
            said = self._wrong(error)
        if said is not None:
            self.state.said = said

    def _wrong(self, error: Exception) -> Reply:
        """What is said of what could not be done: the kit's own sentences, never a traceback."""
        if isinstance(error, HrkitError):
            return Reply(
                False,
                translated(error.summary, self.state.language),
                problem_rows(error, self.state.language),
            )
        said = of_the_system(error)
        # What a library says may quote what it read: only its kind is told.
        return Reply(False, said or self.state.say("front.wrong", kind=type(error).__name__))

    def _said(self, said: Reply | None) -> Message | None:
        if said is None:
            return None
        return {
            "good": said.good,
            "text": said.text,
            "columns": [self.state.say(f"front.mend.{key}") for key in ("where", "what", "fix")],
            "caption": self.state.say("front.mend.caption"),
            "rows": [list(row) for row in said.rows],
            "notes": [translated(note, self.state.language) for note in said.notes],
            "call": said.call,
        }

    # ------------------------------------------------------------------------------- files

    def _piece(self, content: Mapping[str, Any], buffers: Sequence[bytes]) -> Message:
        """A piece of a file that was dropped; files come in pieces, so that no message is too large."""
        name, at, of = (content.get(key) for key in ("name", "i", "of"))
        if not isinstance(name, str) or not isinstance(at, int) or not isinstance(of, int):
            return {}
        pieces = self._coming.setdefault(name, [])
        if at == 0:
            pieces.clear()
        if len(pieces) != at or len(buffers) != 1 or not 0 <= at < of:
            return {}
        pieces.append(bytes(buffers[0]))
        whole = sum(map(len, pieces))
        if whole > LARGEST or at == of - 1:
            self._coming.pop(name, None)
            try:
                self.state.take(name, b"".join(pieces))
            except HrkitError as error:
                self.state.said = Reply(False, translated(error.summary, self.state.language))
                return self.view()
        return {"type": "piece", "name": name, "i": at}

    def _fetch(self, content: Mapping[str, Any]) -> tuple[Message, list[bytes]]:
        """A piece of a file that the last job made; no other file is given out."""
        job, number, start = self.state.jobs.now, content.get("file"), content.get("from")
        if job is None or not isinstance(number, int) or not isinstance(start, int) or start < 0:
            return {}, []
        if content.get("job", job.number) != job.number:
            return {}, []  # begun with the files of the job before
        if not 0 <= number < len(job.files):
            return {}, []
        path = job.files[number]
        try:
            with path.open("rb") as file:
                file.seek(start)
                data = file.read(PIECE)
            size = path.stat().st_size
        except OSError:
            return {}, []
        about = {"job": job.number, "file": number, "name": path.name, "from": start, "size": size}
        return {"type": "bytes", **about}, [data]

    # -------------------------------------------------------------------------------- jobs

    def _job(self, job: Job) -> None:
        """A job said something; at its end the page that began it may have more to say."""
        with self._lock, without_asking():
            message: Message = {"type": "job", "job": shown(self.state, job)}
            if job.ended:
                # What somebody is filling in meanwhile stays: the page is not drawn anew.
                message["said"] = self._said(ended(self.state, job))
            if (part := self._page().lives(self.state, job)) is not None:
                message["part"] = part
            self._told(message)

    def close(self) -> None:
        """The page is gone."""
        self.state.close()


#: What the browser says by itself.
_UI = (
    "language",
    "save",
    "add",
    "remove",
    "choose",
    "open",
    "get",
    "python",
    "pause",
    "pausing",
    "loading",
    "pages",
    "files",
    "lost",
    "stopped",
    "dropped",
    "kits",
)
