"""Where Jupyter shows a file: so that one notebook can lead to another."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

__all__ = ["address_of"]


def address_of(path: Path) -> str:
    """The address, on the server that runs this kernel, at which JupyterLab shows a notebook alone.

    Empty where it is not known.  No key is in it: whoever sees the page is let in already.
    """
    if not path.is_file():
        return ""
    for server in _servers():
        root = Path(str(server.get("root_dir") or server.get("notebook_dir") or ""))
        try:
            inside = path.resolve().relative_to(root.resolve())
        except ValueError:
            continue
        return f"{server.get('base_url', '/')}doc/tree/{quote(inside.as_posix())}"
    return ""


def _servers() -> list[dict[str, Any]]:
    """The servers of this user that run this kernel."""
    try:
        from jupyter_server.serverapp import list_running_servers
    except ImportError:
        return []
    parent = os.environ.get("JPY_PARENT_PID", "")
    return [one for one in list_running_servers() if str(one.get("pid")) == parent]
