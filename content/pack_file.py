"""A file of the city pack, read so that every fault in it is told with its file and line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from core.errors import ConfigurationError

# The C parser reads the same several times as fast, and is not on every platform.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ROOT = Path(__file__).parents[1]
_T = TypeVar("_T")

Where = tuple[str, ...]
"""Where a value stands: the keys and the numbers of list entries that lead to it."""


class PackData(BaseModel, frozen=True, extra="forbid"):
    """A part of the pack in its typed form: it never changes, and a key that it does not know is a fault."""


@dataclass(frozen=True, order=True)
class Problem:
    """A fault of the pack, for the person who edits it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class PackError(ConfigurationError):
    """The city pack breaks its rules; the text names file, line and fault, one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class PackFile:
    """What a YAML or JSON file holds, and the line of each value; `doubled` are keys that stand twice."""

    name: str
    data: Any
    lines: dict[Where, int] = field(repr=False)
    doubled: tuple[Problem, ...] = ()

    def problem(self, where: Sequence[str | int], message: str) -> Problem:
        """Return a fault at the line of a value, or of the nearest value around it."""
        place = tuple(map(str, where))
        known = (place[:length] for length in range(len(place), -1, -1))
        return Problem(self.name, next((self.lines[part] for part in known if part in self.lines), 1), message)

    def parse(self, schema: TypeAdapter[_T], **extra: object) -> _T:
        """Return the content in the form of a schema; `extra` values are added to a mapping.

        Raises:
            PackError: it does not have that form, or names a key twice.
        """
        if self.doubled:
            raise PackError(self.doubled)
        data = {**self.data, **extra} if extra and isinstance(self.data, dict) else self.data
        try:
            return schema.validate_python(data)
        except ValidationError as error:
            raise PackError(self._told(fault["loc"], fault["msg"]) for fault in error.errors()) from error

    def _told(self, where: Sequence[str | int], message: str) -> Problem:
        path = ".".join(map(str, where))
        return self.problem(where, f"{path}: {message}" if path else message)


def read_pack_file(path: Path) -> PackFile:
    """Read a YAML or JSON file.

    Raises:
        PackError: it is missing, no UTF-8 text, or cannot be read as YAML.
    """
    name = shown(path)
    try:
        loader = _LOADER(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        reading = _Reading(name, loader)
        if node is not None:
            reading.walk(node, ())
        data = loader.construct_document(node) if node is not None else None
    except FileNotFoundError as error:
        raise PackError([Problem(name, 1, "the file is missing")]) from error
    except UnicodeDecodeError as error:
        raise PackError([Problem(name, 1, "the file is no UTF-8 text")]) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PackError([Problem(name, line, f"cannot be read: {error.problem}")]) from error
    except yaml.YAMLError as error:
        raise PackError([Problem(name, 1, f"cannot be read: {error}")]) from error
    except RecursionError as error:
        raise PackError([Problem(name, 1, "cannot be read: a value holds itself")]) from error
    return PackFile(name, data, reading.lines, tuple(reading.doubled))


def shown(path: Path) -> str:
    """Return the path as a developer knows it: from the root of the project where it lies there."""
    whole = path.resolve()
    return whole.relative_to(_ROOT).as_posix() if whole.is_relative_to(_ROOT) else path.as_posix()


class _Reading:
    """Notes the line of each value."""

    def __init__(self, name: str, loader: yaml.SafeLoader) -> None:
        self.lines: dict[Where, int] = {}
        self.doubled: list[Problem] = []
        self._name = name
        self._loader = loader

    def walk(self, node: yaml.Node, place: Where) -> None:
        # A value used again by its anchor keeps the line where it is used first.
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            for number, entry in enumerate(node.value):
                self.walk(entry, (*place, str(number)))
        elif isinstance(node, yaml.MappingNode):
            self._walk_mapping(node, place)
        else:
            self._try(node)

    def _try(self, node: yaml.Node) -> None:
        """Build a single value once more than needed, because YAML does not say where an impossible date stands."""
        try:
            self._loader.construct_object(node)
        except ValueError as error:
            raise PackError([Problem(self._name, node.start_mark.line + 1, f"cannot be read: {error}")]) from error

    def _walk_mapping(self, node: yaml.MappingNode, place: Where) -> None:
        known: set[str] = set()
        for key_node, value in node.value:
            key = str(self._loader.construct_object(key_node, deep=True))
            if key in known:
                self.doubled.append(Problem(self._name, key_node.start_mark.line + 1, f"{key} stands here twice"))
            known.add(key)
            # The key's own line: a long text begins on the line after it.
            self.lines.setdefault((*place, key), key_node.start_mark.line + 1)
            self.walk(value, (*place, key))
