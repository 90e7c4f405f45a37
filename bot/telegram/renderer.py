"""Answers as Telegram shows them: HTML text in messages of a bounded length, buttons below the last one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

from content.answer import Answer, Button, Fact, Source, Spot
from content.format import decimal, polish_date, polish_moment

MAX_UNITS = 4096
"""Longest visible text of a message; Telegram counts UTF-16 units, entities already parsed."""


@dataclass(frozen=True)
class Outgoing:
    """One message to send: HTML text, and either buttons (title, payload) or the key that shares a location."""

    text: str
    buttons: tuple[Button, ...] = ()
    asks_location: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the form that is stored until the message is sent."""
        buttons = [[button.title, button.payload] for button in self.buttons]
        return {"text": self.text, "buttons": buttons, "asks_location": self.asks_location}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Outgoing":
        """Return a stored message."""
        buttons = tuple(Button(title, payload) for title, payload in stored["buttons"])
        return cls(stored["text"], buttons, stored["asks_location"])


@dataclass(frozen=True)
class _Line:
    """A line as it is sent and as it is seen; only the second counts towards the limit."""

    html: str
    seen: str


def render(answer: Answer) -> list[Outgoing]:
    """Return the messages of an answer, split between lines; the last one carries the buttons."""
    texts = list(_messages(line for long in _lines(answer) for line in _fitting(long)))
    return [*map(Outgoing, texts[:-1]), *(Outgoing(text, answer.buttons) for text in texts[-1:])]


def _lines(answer: Answer) -> Iterator[_Line]:
    yield from map(_plain, answer.text.splitlines())
    if answer.facts:
        yield _plain("")
        yield from map(_fact, answer.facts)
    for place in answer.places:
        yield _plain("")
        yield from _place(place)
    if answer.sources:
        yield _plain("")
        yield from map(_source, dict.fromkeys(answer.sources))


def _plain(text: str) -> _Line:
    return _Line(escape(text, quote=False), text)


def _joined(*parts: _Line) -> _Line:
    return _Line("".join(part.html for part in parts), "".join(part.seen for part in parts))


def _bold(text: str) -> _Line:
    return _Line(f"<b>{escape(text, quote=False)}</b>", text)


def _link(text: str, url: str | None) -> _Line:
    if not url or not url.startswith(("https://", "http://")):
        return _plain(text)
    return _Line(f'<a href="{escape(url)}">{escape(text, quote=False)}</a>', text)


def _fact(fact: Fact) -> _Line:
    note = f" ({fact.note})" if fact.note else ""
    return _joined(_bold(fact.label), _plain(f": {fact.value}{note}"))


def _place(place: Spot) -> Iterator[_Line]:
    distance = f" – {_distance(place.distance_m)}" if place.distance_m is not None else ""
    yield _joined(_bold(place.name), _plain(distance))
    if place.address:
        yield _plain(place.address)
    yield from map(_plain, place.details)
    if place.position:
        lat, lon = place.position.lat, place.position.lon
        yield _link("Pokaż na mapie", f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}")


def _distance(metres: int) -> str:
    return f"{metres} m" if metres < 1000 else f"{decimal(metres / 1000)} km"


def _source(source: Source) -> _Line:
    about = []
    if source.as_of:
        about.append(f"stan na {_when(source.as_of)}")
    if source.sample:
        about.append("dane przykładowe")
    return _joined(_plain("Źródło: "), _link(source.name, source.url), _plain("".join(f", {word}" for word in about)))


def _when(moment: date | datetime) -> str:
    return polish_moment(moment) if isinstance(moment, datetime) else polish_date(moment)


def _messages(lines: Iterable[_Line]) -> Iterator[str]:
    """Join lines to texts within the limit; no text begins or ends with an empty line."""
    kept: list[_Line] = []
    length = 0
    for line in lines:
        if length + 1 + _units(line.seen) > MAX_UNITS:
            yield from _text(kept)
            kept, length = [], 0
        kept.append(line)
        length += 1 + _units(line.seen)
    yield from _text(kept)


def _text(lines: list[_Line]) -> Iterator[str]:
    text = "\n".join(line.html for line in lines).strip()
    if text:
        yield text


def _fitting(line: _Line) -> Iterator[_Line]:
    """Cut a line that no message could hold, at a space where there is one; it loses its mark-up."""
    rest = line.seen
    while _units(rest) >= MAX_UNITS:
        room = _room(rest)
        cut = rest.rfind(" ", 1, room)
        head = rest[: cut if cut > 0 else room]
        yield _plain(head)
        rest = rest[len(head) :].lstrip(" ")
    yield line if rest == line.seen else _plain(rest)


def _room(text: str) -> int:
    """Return how many characters of a text fit into one message."""
    units = 0
    for number, character in enumerate(text):
        units += _units(character)
        if units >= MAX_UNITS:
            return number
    return len(text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
