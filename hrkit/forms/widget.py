"""The questionnaire's controls as an anywidget: it carries messages and keeps nothing.

JupyterLab can save widget state into the notebook file, so no answer and no code is ever a
trait: they travel as messages of their own, which are not state.  Importing this loads
ipywidgets; only `hrkit.forms.questionnaire` does, when a form is shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from hrkit.forms.session import Desk

__all__ = ["QuestionnaireWidget"]

_HERE = Path(__file__).parent


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
        reply = self._desk.handle(content)
        if reply is not None:
            self.send(reply)
