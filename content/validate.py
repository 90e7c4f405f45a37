"""The whole city pack checked before it is used: every fault with its file and line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from content.fields import fields_of
from content.gazetteer import load_gazetteer
from content.intents import all_intents
from content.pack import load_city
from content.pack_file import PackError, PackFile, Problem, read_pack_file, shown
from content.pack_rules import faults_of
from content.pages import load_page_texts
from content.texts import TEXT, WordingData, read_wordings
from content.topics.charging.benefits import load_benefits
from content.topics.charging.register import load_register
from content.topics.events.cluster import load_cluster
from content.topics.events.event import load_events
from content.topics.office.contacts import load_contacts
from content.topics.subsidies.programmes import load_programmes
from core.errors import HubError

Loader = Callable[[Path], object]
"""Reads a file of the pack in a folder as the product does; raises when the file breaks a rule."""

LOADERS: Mapping[str, Loader] = {
    "city.yml": lambda folder: load_city(folder.name, folder.parent),
    "contacts.yml": load_contacts,
    "places.yml": load_gazetteer,
    "programmes.yml": load_programmes,
    "chargers.json": load_register,
    "ev_benefits.yml": load_benefits,
    "events.yml": load_events,
    "cluster.yml": load_cluster,
    "pages.yml": load_page_texts,
}
"""The files that content reads; hub adds those of the rooms above."""

READ_TOGETHER = frozenset({"places_generated.yml", "places_addresses.yml"})
"""Files that another loader reads, and that a pack may lack."""


def check_pack(folder: Path, today: date, more: Mapping[str, Loader] | None = None, like: Path | None = None) -> None:
    """Check a pack, as at every start.

    Raises:
        PackError: it breaks a rule; the text names file, line and fault, one a line.
    """
    if found := problems(folder, today, more, like):
        raise PackError(found)


def problems(
    folder: Path, today: date, more: Mapping[str, Loader] | None = None, like: Path | None = None
) -> tuple[Problem, ...]:
    """Return every fault of the pack in `folder`, sorted by file and line.

    `more` are loaders of the rooms above; `like` is a pack that is known to be whole: this one must have its texts with
    the same {fields}, because the code fills in exactly those.
    """
    loaders = {**LOADERS, **(more or {})}
    found = [*_unread(folder, loaders), *_loaded(folder, loaders)]
    for path in sorted([*folder.glob("*.yml"), *folder.glob("*.json"), *folder.glob("answers/*.yml")]):
        try:
            found += faults_of(read_pack_file(path), today)
        except PackError as error:
            found += error.problems
    found += _texts(folder, like)
    return tuple(sorted(set(found)))


def _unread(folder: Path, loaders: Mapping[str, Loader]) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in loaders and path.name not in READ_TOGETHER:
            yield Problem(shown(path), 1, "no part of the product reads this file: check its name")


def _loaded(folder: Path, loaders: Mapping[str, Loader]) -> Iterator[Problem]:
    """Read every file as the product does; a fault without a place of its own stands at the file's beginning."""
    for name, load in loaders.items():
        try:
            load(folder)
        except PackError as error:
            yield from error.problems
        except (HubError, ValueError, LookupError, TypeError) as error:
            yield Problem(shown(folder / name), 1, str(error))


def _texts(folder: Path, like: Path | None) -> Iterator[Problem]:
    try:
        texts = _read_texts(folder)
    except PackError as error:
        yield from error.problems
        return
    yield from _intents(folder, texts)
    for path, entries in (_read_texts(like) if like else {}).items():
        mine = folder / "answers" / path.name
        if mine in texts:
            yield from _unlike(read_pack_file(mine), texts[mine], entries)


def _read_texts(folder: Path) -> dict[Path, dict[str, WordingData]]:
    return {path: read_wordings(path) for path in sorted((folder / "answers").glob("*.yml"))}


def _intents(folder: Path, texts: Mapping[Path, Mapping[str, WordingData]]) -> Iterator[Problem]:
    """Check that every intent has its text in the file of its topic, and only there."""
    for path, entries in texts.items():
        file = read_pack_file(path)
        for intent in entries:
            if all_intents()[intent].topic != path.stem:
                yield file.problem((intent,), f"{intent} belongs to answers/{all_intents()[intent].topic}.yml")
    written = {intent for entries in texts.values() for intent in entries}
    for intent, listed in all_intents().items():
        if intent not in written:
            path = folder / "answers" / f"{listed.topic}.yml"
            yield Problem(shown(path), 1, f"the intent {intent} has no text")


def _unlike(file: PackFile, mine: Mapping[str, WordingData], whole: Mapping[str, WordingData]) -> Iterator[Problem]:
    """Compare the wordings with those of a whole pack."""
    for intent, data in whole.items():
        if intent not in mine:
            continue
        own = {TEXT: mine[intent].text, **mine[intent].more}
        for name, text in {TEXT: data.text, **data.more}.items():
            if name not in own:
                yield file.problem((intent, "more"), f"{intent} has no wording {name}")
                continue
            place = (intent, name) if name == TEXT else (intent, "more", name)
            yield from (file.problem(place, message) for message in _other_fields(own[name], text))


def _other_fields(own: str, whole: str) -> Iterable[str]:
    fields, needed = fields_of(own) or frozenset(), fields_of(whole) or frozenset()
    for name in sorted(needed - fields):
        yield f"the field {{{name}}} is missing"
    for name in sorted(fields - needed):
        yield f"{{{name}}} is no field of this text"
