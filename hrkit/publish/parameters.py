"""The parameters of a notebook: read from its tagged cell, checked before anything runs.

papermill only warns about a parameter the notebook does not know, and then runs the
notebook for nothing.  Here a wrong name, a wrong type or a missing cell is refused first.
"""

from __future__ import annotations

import ast
import copy
import io
import os
import tokenize
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hrkit.errors import Problem, PublishError
from hrkit.publish.notebook_file import read_notebook

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Parameter", "checked_parameters", "parameters_of", "without_injected"]

_TAG = "parameters"
_INJECTED = "injected-parameters"
_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "list": (list,),
    "tuple": (list,),
    "dict": (dict,),
    "None": (type(None),),
}


class Parameter(NamedTuple):
    """A name, its default as Python source, and the comment that stands with it."""

    name: str
    default: str
    comment: str


@dataclass(frozen=True, slots=True)
class _Known:
    parameter: Parameter
    types: frozenset[str]  # names of `_TYPES`; empty where nothing can be said

    def accepts(self, value: Any) -> bool:
        if not self.types:
            return True
        # To Python a bool is an int; to the person who wrote `waves = 2` it is not.
        if isinstance(value, bool):
            return "bool" in self.types
        return isinstance(value, tuple(t for name in self.types for t in _TYPES[name]))


def parameters_of(notebook: str | os.PathLike[str] | Mapping[str, Any]) -> tuple[Parameter, ...]:
    """The parameters of a notebook in the order of its parameters cell.

    Parameters
    ----------
    notebook
        A notebook's path, or the notebook itself.

    Returns
    -------
    tuple of Parameter
        ``(name, default, comment)`` each; the comment of the same line, or else the lines
        of comment right above.

    Raises
    ------
    PublishError
        When there is no parameters cell, or it is not plain Python.
    """
    return tuple(known.parameter for known in _known(*_opened(notebook)))


def checked_parameters(
    notebook: Mapping[str, Any], given: Mapping[str, Any], name: str
) -> dict[str, Any]:
    """The given values as they go into the notebook.

    Raises
    ------
    PublishError
        With every unknown name and every value of a wrong type.
    """
    known = {item.parameter.name: item for item in _known(notebook, name)}
    list_of_known = "; ".join(
        p.name + (f" ({p.comment})" if p.comment else "")
        for p in (item.parameter for item in known.values())
    )
    problems = []
    values = {}
    for key, raw in given.items():
        try:
            value = values[key] = _plain(raw)
        except (TypeError, UnicodeEncodeError):
            problems.append(
                Problem(
                    f"{name}, parameter {key!r}",
                    f"a value of type {type(raw).__name__} cannot go into a notebook",
                    "give a text, a number, true or false, or a list or mapping of these",
                )
            )
            continue
        if key not in known:
            problems.append(
                Problem(
                    f"{name}, parameter {key!r}",
                    "the notebook has no such parameter",
                    f"it knows: {list_of_known or 'none'}",
                )
            )
        elif not known[key].accepts(value):
            wanted = " or ".join(sorted(known[key].types))
            problems.append(Problem(f"{name}, parameter {key!r}", f"{value!r:.60} is not {wanted}"))
    if problems:
        raise PublishError(f"{name} was not run: its parameters do not fit", problems)
    return values


def _plain(value: Any) -> Any:
    """Values a notebook can hold; papermill would turn any other into its text."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            value.encode()  # a lone surrogate cannot be saved
            return value
        case os.PathLike():
            return os.fspath(value)
        case Mapping() if all(isinstance(key, str) for key in value):
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(type(value).__name__)


def _opened(notebook: str | os.PathLike[str] | Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    if isinstance(notebook, Mapping):
        return notebook, "notebook"
    path = Path(notebook)
    return read_notebook(path), path.name


def without_injected(notebook: NotebookNode) -> NotebookNode:
    """A notebook without the parameters that an earlier run put into it.

    A notebook that was kept from one run and is used for the next would otherwise keep that run's
    language and wave: its cell stands behind the parameters cell and wins.
    """
    names = {known.parameter.name for known in _known(notebook, "")} if _tagged(notebook) else set()
    cleaned = copy.deepcopy(notebook)
    cleaned.cells = [cell for cell in notebook.cells if not _is_injected(cell, names)]
    return cleaned


def _tagged(notebook: Mapping[str, Any]) -> int:
    return sum(
        cell.get("cell_type") == "code" and _TAG in cell.get("metadata", {}).get("tags", ())
        for cell in notebook.get("cells", [])
    )


def _is_injected(cell: Mapping[str, Any], names: Collection[str]) -> bool:
    tags = cell.get("metadata", {}).get("tags", ())
    if cell.get("cell_type") != "code" or _TAG in tags:
        return False
    if _INJECTED in tags:
        return True
    # The tag may have been lost; the comment that papermill writes, and nothing but parameters.
    source = cell.get("source", "")
    source = source if isinstance(source, str) else "".join(source)
    if not source.lstrip().startswith("# Parameters"):
        return False
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return False
    return bool(body) and all(
        isinstance(line, ast.Assign)
        and all(isinstance(one, ast.Name) and one.id in names for one in line.targets)
        for line in body
    )


def _known(notebook: Mapping[str, Any], name: str) -> tuple[_Known, ...]:
    tagged = [
        cell
        for cell in notebook.get("cells", [])
        if cell.get("cell_type") == "code" and _TAG in cell.get("metadata", {}).get("tags", ())
    ]
    if len(tagged) != 1:
        raise PublishError(
            f"{name}: has {len(tagged) or 'no'} cells tagged {_TAG!r}; a notebook that takes "
            "parameters has one (in JupyterLab: Property Inspector, Common Tools, Cell Tags)"
        )
    source = tagged[0].get("source", "")
    source = source if isinstance(source, str) else "".join(source)
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise PublishError(
            f"{name}: the parameters cell is not plain Python",
            [Problem(f"line {error.lineno}", error.msg)],
        ) from error
    comments = _comments(source)
    return tuple(
        _Known(Parameter(target, ast.unparse(value), _comment(comments, node)), types)
        for node in tree.body
        for target, value, types in _assigned(node)
    )


def _assigned(node: ast.stmt) -> list[tuple[str, ast.expr, frozenset[str]]]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return [(name, value, _type_of_default(value))]
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value, annotation=said):
            return [(name, value, _type_of_annotation(said))]
    return []


def _type_of_default(value: ast.expr) -> frozenset[str]:
    try:
        default = ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return frozenset()
    # A default of None says that something may be missing, not what it is.
    name = type(default).__name__
    return frozenset({name}) if name in _TYPES else frozenset()


def _type_of_annotation(node: ast.expr) -> frozenset[str]:
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            parts = _type_of_annotation(left), _type_of_annotation(right)
            return parts[0] | parts[1] if all(parts) else frozenset()
        case ast.Constant(value=None):
            return frozenset({"None"})
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)) if name in _TYPES:
            return frozenset({name})
    return frozenset()


def _comments(source: str) -> dict[int, tuple[str, bool]]:
    """Per line its comment, and whether the line holds nothing else."""
    found = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            alone = not token.line[: token.start[1]].strip()
            found[token.start[0]] = token.string.lstrip("# ").rstrip(), alone
    return found


def _comment(comments: Mapping[int, tuple[str, bool]], node: ast.stmt) -> str:
    for line in (node.end_lineno or node.lineno, node.lineno):
        if line in comments:
            return comments[line][0]
    above: list[str] = []
    line = node.lineno - 1
    while line in comments and comments[line][1]:
        above.insert(0, comments[line][0])
        line -= 1
    return " ".join(above)
