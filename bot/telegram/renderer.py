"""Answers as Telegram shows them: HTML text in messages of a bounded length, buttons below the last one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from html import escape

from bot.telegram.outgoing import Outgoing, Venue
from content.answer import Answer, Chart, Coordinates, Fact, Source, Spot
from content.format import decimal, polish_date, polish_moment
from notifier.channels.telegram.text import MAX_UNITS, beginning, room, units

_CAPTION_UNITS = 1024


@dataclass(frozen=True)
class _Line:
    """A line as it is sent and as it is seen; only the second counts towards the limit."""

    html: str
    seen: str


def render(answer: Answer, picture: bytes | None = None, venues: int = 0) -> list[Outgoing]:
    """Return the messages of an answer, split between lines; the last one carries the buttons.

    `picture` is the drawn chart (PNG), shown above the whole answer where that fits; up to `venues` of the places are
    shown on the map, too.
    """
    lines = list(_lines(answer))
    if picture is not None and answer.chart is not None:
        messages = _with_picture(lines, picture, answer.chart)
    else:
        messages = [Outgoing(text) for text in _texts(lines)]
    messages += [_on_map(place, place.position) for place in answer.places if place.position][:venues]
    return [*messages[:-1], *(replace(message, buttons=answer.buttons) for message in messages[-1:])]


def _with_picture(lines: list[_Line], picture: bytes, chart: Chart) -> list[Outgoing]:
    """Return the answer with the chart's picture; the caption says in words what it shows."""
    whole = list(_texts([*lines, _plain(""), _plain(chart.description)], _CAPTION_UNITS))
    if len(whole) == 1:
        return [Outgoing(whole[0], photo=picture)]
    said = beginning(chart.description, _CAPTION_UNITS - units(chart.source) - 2)
    (caption,) = _texts([_plain(said), _plain(chart.source)], _CAPTION_UNITS)
    return [*map(Outgoing, _texts(lines)), Outgoing(caption, photo=picture)]


def _on_map(place: Spot, position: Coordinates) -> Outgoing:
    text = next(_texts(_place(place)))
    # Telegram takes no venue without an address.
    address = place.address or next(iter(place.details), place.name)
    return Outgoing(text, venue=Venue(place.name, address, position))


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


def _texts(lines: Iterable[_Line], most: int = MAX_UNITS) -> Iterator[str]:
    """Join lines to texts of at most `most` units; no text begins or ends with an empty line."""
    kept: list[_Line] = []
    length = 0
    for line in (short for long in lines for short in _fitting(long, most)):
        if length + 1 + units(line.seen) > most:
            yield from _text(kept)
            kept, length = [], 0
        kept.append(line)
        length += 1 + units(line.seen)
    yield from _text(kept)


def _text(lines: list[_Line]) -> Iterator[str]:
    text = "\n".join(line.html for line in lines).strip()
    if text:
        yield text


def _fitting(line: _Line, most: int) -> Iterator[_Line]:
    """Cut a line that no message could hold, at a space where there is one; it loses its mark-up."""
    rest = line.seen
    while units(rest) >= most:
        free = room(rest, most - 1)
        cut = rest.rfind(" ", 1, free)
        head = rest[: cut if cut > 0 else free]
        yield _plain(head)
        rest = rest[len(head) :].lstrip(" ")
    yield line if rest == line.seen else _plain(rest)
