"""Reference pages that are written from the code, so that they cannot fall behind it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

import hrkit
from hrkit.cli import main

__all__ = ["commands_page", "python_page", "schema_pages"]


def commands_page() -> str:
    """Every command with its arguments and options, as ``--help`` says them."""
    parts = [
        "# Commands",
        "As `hrkit COMMAND --help` says it. What they are for: [commands](../docs/commands.md).",
    ]
    for name, command in _commands(main):
        context = click.Context(command, info_name=f"hrkit {name}")
        usage = " ".join(["hrkit", name, *command.collect_usage_pieces(context)])
        parts += [
            f"## hrkit {name}",
            f"```text\n{usage}\n```",
            inspect.cleandoc(command.help or ""),
        ]
        rows = [one.get_help_record(context) for one in command.params]
        listed = [f"| `{_cell(row[0])}` | {_cell(row[1])} |" for row in rows if row]
        if listed:
            parts.append("\n".join(["| option | does |", "|---|---|", *listed]))
    return "\n\n".join(parts) + "\n"


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name in sorted(group.commands):
        command = group.commands[name]
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def python_page() -> str:
    """Every name of ``import hrkit``, from its docstring."""
    lines = ["# Python", "", "`import hrkit`: every command is a function of the same name.", ""]
    for name in sorted(hrkit.__all__):
        thing = getattr(hrkit, name)
        lines += [f"## hrkit.{name}", ""]
        if inspect.ismodule(thing):
            for each in thing.__all__:
                lines += _auto(f"hrkit.{name}.{each}", getattr(thing, each))
        else:
            lines += _auto(f"hrkit.{name}", thing)
    return "\n".join(lines)


def _auto(name: str, thing: Any) -> list[str]:
    kind = "autoclass" if inspect.isclass(thing) else "autofunction"
    return ["```{eval-rst}", f".. {kind}:: {name}", "```", ""]


def schema_pages(folder: Path) -> dict[str, str]:
    """A page for each file that people write, by its name, and one that lists them."""
    made: dict[str, str] = {}
    for path in sorted(folder.glob("*.schema.json")):
        schema = json.loads(path.read_text("utf-8"))
        name = path.name.removesuffix(".schema.json")
        title = schema.get("title", name)
        rows = list(_rows(schema, schema, "", 0))
        made[f"file-{name}.md"] = "\n".join(
            [f"# {title}", "", str(schema.get("description", "")), "",
             f"Written from `data/templates/schemas/{path.name}`; an editor that reads JSON schemas completes by it.", "",
             "| key | is | means |", "|---|---|---|", *rows, ""]
        )  # fmt: skip
    listed = "\n".join(name.removesuffix(".md") for name in made)
    made["files.md"] = (
        f"# Files\n\nWhat may stand in each file that people write.\n\n```{{toctree}}\n{listed}\n```\n"
    )
    return made


def _rows(
    schema: Mapping[str, Any], whole: Mapping[str, Any], path: str, depth: int
) -> Iterator[str]:
    """A row for each key of an object, and for those within it."""
    schema = _followed(schema, whole)
    needed = set(schema.get("required", ()))
    for key, each in schema.get("properties", {}).items():
        one = _followed(each, whole) if isinstance(each, Mapping) else {}
        here = f"{path}{key}"
        must = " (needed)" if key in needed else ""
        about = {**one, **each} if isinstance(each, Mapping) else {}
        yield f"| `{here}`{must} | {_cell(_kind(one, whole))} | {_cell(str(about.get('description', '')))} |"
        if depth < 4:
            yield from _rows(one, whole, f"{here}.", depth + 1)
            if isinstance(one.get("items"), Mapping):
                yield from _rows(one["items"], whole, f"{here}[].", depth + 1)
            if isinstance(one.get("additionalProperties"), Mapping):
                yield from _rows(one["additionalProperties"], whole, f"{here}.NAME.", depth + 1)


def _followed(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    target = schema.get("$ref", "")
    if not target.startswith("#/"):
        return schema
    found: Any = whole
    for part in target[2:].split("/"):
        found = found[part]
    return found


def _kind(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    """What a value is, in a few words."""
    if "enum" in schema:
        return "one of " + ", ".join(f"`{one}`" for one in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    for many in ("oneOf", "anyOf"):
        if many in schema:
            kinds = dict.fromkeys(_kind(_followed(one, whole), whole) for one in schema[many])
            return " or ".join(one for one in kinds if one)
    kind = schema.get("type", "")
    said = " or ".join(kind) if isinstance(kind, list) else kind
    if kind == "array" and isinstance(schema.get("items"), Mapping):
        return f"list of {_kind(_followed(schema['items'], whole), whole) or 'values'}"
    if "minimum" in schema and "maximum" in schema:
        said += f", {schema['minimum']} to {schema['maximum']}"
    elif "minimum" in schema:
        said += f", at least {schema['minimum']}"
    return said
