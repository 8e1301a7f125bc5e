"""The questionnaire's controls as an anywidget: it carries messages and keeps nothing.

JupyterLab can save widget state into the notebook file, so no answer and no code is ever a
trait: they travel as messages of their own, which are not state.  So does the typeface, which would be 150 kB
of every notebook otherwise, and is asked for once by a page, however many forms it has.  Importing this loads
ipywidgets; only `hrkit.forms.questionnaire` does, when a form is shown.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from hrkit.forms.session import Desk

__all__ = ["QuestionnaireWidget"]

_HERE = Path(__file__).parent
#: The typeface of everything that people see of the kit: weight and file.
_FACES = (("400", "Lato-Regular.ttf"), ("700", "Lato-Bold.ttf"))


@cache
def _face(name: str) -> bytes:
    return (resources.files("font_lato") / "files" / name).read_bytes()


class QuestionnaireWidget(anywidget.AnyWidget):
    """Native fieldsets, legends and radios; the desk on the Python side owns the answers."""

    _esm = _HERE / "questionnaire.js"
    _css = _HERE / "questionnaire.css"
    #: Words shown until the first message arrives: the kit's own, the same for everybody.
    opening = traitlets.Dict().tag(sync=True)

    def __init__(self, desk: Desk, opening: dict[str, str]) -> None:
        super().__init__(opening=opening)
        self._desk = desk
        self.on_msg(self._received)

    def _received(self, _widget: object, content: Any, _buffers: object) -> None:
        if isinstance(content, dict) and content.get("type") == "faces":
            faces = {
                "type": "faces",
                "view": content.get("view"),
                "weights": [w for w, _ in _FACES],
            }
            self.send(faces, [_face(name) for _, name in _FACES])
            return
        reply = self._desk.handle(content)
        if reply is not None:
            self.send(reply)
