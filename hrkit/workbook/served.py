"""JupyterLab as ``hrkit lab`` starts it: ``python -m hrkit.workbook.served``.

It is JupyterLab itself, only that it does not load what checks formats that none of its schemas asks
for: half of what it does until its first page (`hrkit.model.schema.light_jsonschema`).
"""

from __future__ import annotations

import sys
from typing import Any

from hrkit.ending import with_starter
from hrkit.model.schema import light_jsonschema

__all__ = ["main"]

#: The part of JupyterLab that asks whether it may fetch news.
NEWS = "@jupyterlab/apputils-extension:announcements"


def main() -> None:
    """Serve until it is ended."""
    # Before anybody asks that program to end: it has no ear for a terminal that is closed.
    with_starter()
    light_jsonschema()
    from jupyterlab.labapp import LabApp
    from jupyterlab.labapp import main as serve

    before = LabApp.initialize_settings

    def settings(app: Any) -> None:
        before(app)
        app.serverapp.web_app.settings["page_config_hook"] = _page

    LabApp.initialize_settings = settings
    sys.exit(serve())


def _page(_handler: object, config: dict[str, Any]) -> dict[str, Any]:
    """JupyterLab's page without the question, over the client's page, whether somebody wants news of it."""
    config["disabledExtensions"] = [*config.get("disabledExtensions", ()), NEWS]
    return config


if __name__ == "__main__":
    main()
