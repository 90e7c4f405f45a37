"""The {fields} of a wording: which a text has, and how it looks with its fields named instead of filled in."""

import re
from collections.abc import Collection
from string import Formatter

_NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


def fields_of(text: str) -> frozenset[str] | None:
    """Return the names of the fields, e.g. "moment" and "city.name"; None when the text cannot be filled in.

    Plain fields only: a width or a conversion ("{moment:>9}") could fail when the text is said.
    """
    try:
        fields = [field for _, *field in Formatter().parse(text) if field[0] is not None]
    except ValueError:
        return None
    plain = all(_NAME.fullmatch(str(name)) and not spec and not conversion for name, spec, conversion in fields)
    return frozenset(str(name) for name, _, _ in fields) if plain else None


def field_problem(allowed: Collection[str], *texts: str) -> str | None:
    """Return what is wrong with texts that may have only the fields allowed, None when nothing is."""
    found = [fields_of(text) for text in texts]
    if None in found:
        return "a brace is not closed, or a field has no plain name"
    unknown = sorted({name for fields in found if fields for name in fields} - set(allowed))
    return f"unknown fields: {', '.join(unknown)}" if unknown else None


def with_names(text: str) -> str:
    """Return the text with each field shown as its own name in brackets: „Pomiar: [moment]”."""
    return "".join(literal if name is None else f"{literal}[{name}]" for literal, name, _, _ in Formatter().parse(text))
