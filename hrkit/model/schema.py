"""Where a data file departs from its JSON Schema, in words that a consultant understands.

The schemas know no language by name.  Where they say "a language" or "a text in languages", the
languages of the kit are filled in when they are read, so that a wrong one is told what is right.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from hrkit import kit
from hrkit.errors import Problem
from hrkit.model.languages import codes
from hrkit.model.yamlfile import Source

__all__ = ["know", "light_jsonschema", "schema_problems"]

#: How the schemas write the code of any language; see `_narrowed`.
LANGUAGE = "^[a-z]{2,3}$"


@functools.cache
def _rules(schema: str) -> Any:
    path = kit.templates() / "schemas" / f"{schema}.schema.json"
    return _narrowed(json.loads(path.read_text(encoding="utf-8")))


def know(schema: str) -> None:
    """Read a schema of the kit before many ask for it."""
    _rules(schema)


def _narrowed(rules: Any) -> Any:
    """A schema in which any language is one of the kit's."""
    if isinstance(rules, list):
        return [_narrowed(one) for one in rules]
    if not isinstance(rules, dict):
        return rules
    rules = {key: _narrowed(one) for key, one in rules.items()}
    if rules.get("pattern") == LANGUAGE:
        rules = {key: one for key, one in rules.items() if key not in ("type", "pattern")}
        return {"enum": list(codes()), **rules}
    each = rules.get("patternProperties", {})
    if LANGUAGE in each:
        of_each = dict.fromkeys(codes(), each[LANGUAGE])
        rest = {key: one for key, one in rules.items() if key != "patternProperties"}
        return {**rest, "properties": {**of_each, **rules.get("properties", {})}}
    return rules


def _say(error: Any) -> tuple[str, str]:
    """A jsonschema error in words a consultant understands: what, and what to do."""
    value, kind, rule = error.instance, error.validator, error.validator_value
    shown = json.dumps(value, ensure_ascii=False, default=str)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    if kind == "required":
        missing = [key for key in rule if key not in value]
        return f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing", "add it"
    if kind == "type":
        kinds = [rule] if isinstance(rule, str) else rule
        if value is None:
            return "is empty", "fill it in or leave it out"
        if isinstance(value, bool) and "string" in kinds:
            return f"{shown} is a yes/no value where text is meant", "put the text in quotes"
        if isinstance(value, (int, float)) and "string" in kinds:
            return f"{shown} is a number where text is meant", f'write "{shown}" in quotes'
        known = error.schema.get("properties", {}) if kinds == ["object"] else {}
        keys = ", ".join(f"{key}: …" for key in known)
        return (
            f"{shown} is not {' or '.join(_KINDS.get(one, one) for one in kinds)}",
            f"write it with its keys, of {{{keys}}}" if keys else "correct it",
        )
    if kind == "const":
        return f"{shown} is not {rule}", f"write {rule}"
    if kind == "enum":
        return (
            f"{shown} is not one of the allowed values",
            f"use one of {', '.join(map(str, rule))}",
        )
    if kind == "minimum":
        return f"{shown} is below {rule}", f"use {rule} or more"
    if kind == "maximum":
        return f"{shown} is above {rule}", f"use {rule} or less"
    if kind in ("minLength", "minItems", "minProperties"):
        return "is empty" if not value else f"{shown} is too short", "fill it in"
    if kind in ("maxLength", "maxItems"):
        return f"{shown} is too long", f"use {rule} at most"
    if kind == "uniqueItems":
        return f"{shown} names something twice", "keep one of them"
    if kind == "pattern":
        return f"{shown} has the wrong form", error.schema.get("description", f"use {rule}")
    if kind == "oneOf" and (wanted := [one for part in rule for one in part.get("required", ())]):
        if len(given := [one for one in wanted if one in value]) > 1:
            return f"{' and '.join(given)} exclude each other", "keep one of them"
        first, last = ", ".join(wanted[:-1]), wanted[-1]
        return f"neither {first} nor {last} is there", "write one of them"
    return error.message, "correct it"


_KINDS = {
    "string": "text",
    "array": "a list",
    "object": "a set of keys",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "empty",
}


#: What checks formats that no schema of the kit uses: the first compiles dozens of grammars, for two
#: seconds of processor time, the second brings a calendar of its own.
_HEAVY = (
    "rfc3987_syntax",
    "isoduration",
    "webcolors",
    "uri_template",
    "jsonpointer",
    "fqdn",
    "idna",
)


def light_jsonschema() -> Any:
    """The jsonschema package, without what it loads for formats that no schema of the kit uses.

    Where they are installed (Jupyter brings them), it loads them when it is imported; it does
    without, too.
    """
    import sys

    if "jsonschema" in sys.modules:
        return sys.modules["jsonschema"]
    held = [name for name in _HEAVY if name not in sys.modules]
    sys.modules.update(dict.fromkeys(held))  # type: ignore[arg-type]  # an import fails at once
    try:
        import jsonschema
    finally:
        for name in held:
            del sys.modules[name]
    return jsonschema


def schema_problems(source: Source, schema: str) -> tuple[Problem, ...]:
    """Where the file departs from a JSON Schema of the kit.

    Parameters
    ----------
    source
        The file as read.
    schema
        Name of the schema without its ending: ``instrument``, ``engagement``.
    """
    Draft202012Validator = light_jsonschema().Draft202012Validator  # noqa: N806 - a class

    found = Draft202012Validator(_rules(schema)).iter_errors(source.data)
    leaves = []
    for error in found:
        # An alternative (oneOf, anyOf) is best explained by its closest branch.
        if error.validator == "oneOf" and error.schema.get("type") == "object":
            # Which keys go together; of what is no set of keys at all, that alone is said.
            leaves += [error] if isinstance(error.instance, dict) else []
            continue
        while error.context:
            error = min(error.context, key=lambda e: (len(e.context or ()), -len(e.absolute_path)))
        leaves.append(error)
    leaves.sort(key=lambda e: source.lines.get(tuple(e.absolute_path), 0))
    problems: list[Problem] = []
    for error in leaves:
        place = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            known = error.schema.get("properties", {})
            fix = f"known are: {', '.join(sorted(known))}"
            extra = [key for key in error.instance if key not in known]
            problems += [
                Problem(source.where((*place, key)), f"{key} is not known here", fix)
                for key in extra
            ]
        else:
            problems.append(Problem(source.where(place), *_say(error)))
    # Of several missing keys jsonschema complains one by one; they are told once, together.
    return tuple(dict.fromkeys(problems))
