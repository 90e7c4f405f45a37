"""An answer taken apart into pieces that each make sense alone, ranked by how much the resident needs them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from urllib.parse import urlsplit

from bot.sms.sentences import is_bullet, sentences
from content.answer import Answer, Fact, Source, Spot
from content.format import polish_date
from core.clock import warsaw

_SAMPLE = "DANE PRZYKŁADOWE."
_ALREADY_SAID = "Dane przykładowe"
_WARNING = "Uwaga"
# The source at the end says the hour in fewer letters.
_MEASURED = "Pomiar:"
# What only a screen can do; here the list does not stand below.
_ON_SCREEN = re.compile(r"przycisk|button|Schaltfläche|udostępnieni|po wybraniu|^poniżej|na stronie „", re.IGNORECASE)
_EMERGENCY_NUMBER = re.compile(r"\b112\b")
_ACRONYM = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ]{2,}\b")
_IN_BRACKETS = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)")
_SCHEME = re.compile(r"https?://(www\.)?")
_LONGEST_ADDRESS = 40
_ESSENTIAL_FACTS, _ESSENTIAL_PLACES = 1, 2


class Rank(IntEnum):
    """How much a piece is needed."""

    ALWAYS = 0
    ESSENTIAL = 1
    USEFUL = 2
    MORE = 3


@dataclass(frozen=True)
class Piece:
    """A part of the message; one of running text knows its `paragraph`, for it follows from those before it."""

    text: str
    rank: Rank
    paragraph: int | None = None
    own_line: bool = False


def pieces_of(answer: Answer) -> list[Piece]:
    """Return the pieces in the order in which they are read: warnings, the point, facts, places, the rest, sources."""
    text = list(_text(answer))
    warnings = [piece for piece in text if piece.text.startswith(_WARNING)]
    said = [piece for piece in text if not piece.text.startswith(_WARNING)]
    sample = [Piece(_SAMPLE, Rank.ALWAYS)] if _is_sample(answer) else []
    point = _point(said) if answer.facts or answer.places else said
    facts = [Piece(fact, _listed(number, _ESSENTIAL_FACTS)) for number, fact in enumerate(_facts(answer.facts))]
    places = [
        Piece(_place(spot), _listed(number, _ESSENTIAL_PLACES), own_line=True)
        for number, spot in enumerate(answer.places)
    ]
    return [*sample, *warnings, *point, *facts, *places, *said[len(point) :], *_sources(answer)]


def is_about_danger(answer: Answer) -> bool:
    """Whether the answer only sends for help: it names 112 at once and offers nothing else."""
    first = answer.text.partition("\n")[0]
    return _EMERGENCY_NUMBER.search(first) is not None and not (answer.buttons or answer.facts or answer.places)


def _is_sample(answer: Answer) -> bool:
    return any(source.sample for source in answer.sources)


def _point(said: list[Piece]) -> list[Piece]:
    """Return what is said before a list: all up to its introduction („Inne kontakty:”), else the first sentence."""
    introduction = next((at for at, piece in enumerate(said) if piece.text.endswith(":")), 0)
    return [replace(piece, rank=min(piece.rank, Rank.ESSENTIAL)) for piece in said[: introduction + 1]]


def _text(answer: Answer) -> Iterator[Piece]:
    skipped = [f"{fact.label}:" for fact in answer.facts]
    skipped += [_ALREADY_SAID] if _is_sample(answer) else []
    skipped += [_MEASURED] if any(isinstance(source.as_of, datetime) for source in answer.sources) else []
    lines = [line for line in _SCHEME.sub("", answer.text).splitlines() if line.strip()]
    first = True
    for paragraph, line in enumerate(line for line in lines if not line.startswith(tuple(skipped))):
        for number, sentence in enumerate(sentences(line)):
            if _ON_SCREEN.search(sentence):
                continue
            text = sentence.rstrip(",;") if is_bullet(line) else _closed(sentence)
            yield Piece(text, _rank(text, first=first), paragraph, own_line=number == 0 and is_bullet(line))
            first = first and sentence.startswith(_WARNING)


def _closed(sentence: str) -> str:
    """Return a sentence with its end, which one that stands before an address or a line's end may lack."""
    return f"{sentence}." if sentence[-1].isalnum() else sentence


def _rank(sentence: str, *, first: bool) -> Rank:
    if sentence.startswith(_WARNING) or _EMERGENCY_NUMBER.search(sentence):
        return Rank.ALWAYS
    return Rank.ESSENTIAL if first else Rank.MORE


def _listed(number: int, essential: int) -> Rank:
    return Rank.ESSENTIAL if number < essential else Rank.USEFUL


def _facts(facts: tuple[Fact, ...]) -> Iterator[str]:
    """Yield „PM10 68,4 µg/m³ (137% normy dobowej).”; a note that all share says nothing about one of them."""
    shared = len(facts) > 1 and len({fact.note for fact in facts}) == 1
    for fact in facts:
        note = _plain(fact.note) if fact.note and not shared else ""
        # „Moje Ciepło: Dotacja na pompę”, but „PM10 68,4 µg/m³”.
        says = ":" if fact.value[:1].isalpha() else ""
        yield f"{_plain(fact.label)}{says} {fact.value}{f' ({note})' if note else ''}."


def _place(spot: Spot) -> str:
    """Return „Lidl, Chojnowska 109a: CCS 60 kW x2.”."""
    street = ", ".join(part for part in (spot.address or "").split(", ") if not part[:2].isdigit())
    where = ", ".join(filter(None, (_plain(spot.name), street.replace("ul. ", ""))))
    details = [detail.replace(" ×", " x") for detail in spot.details]
    return f"{where}{': ' if details else ''}{', '.join(details)}."


def _sources(answer: Answer) -> Iterator[Piece]:
    texts = dict.fromkeys(filter(None, (_source(source, answer.text) for source in answer.sources)))
    for number, text in enumerate(texts):
        yield Piece(text, Rank.MORE if number else Rank.ESSENTIAL)


def _source(source: Source, said: str) -> str:
    """Return „GIOŚ 23.11 02:00.”; invented values are credited to nobody, an address is not said twice."""
    address = _address(source.url)
    if source.as_of is None:
        return f"{address}." if address and address.partition("/")[0] not in said else ""
    if isinstance(source.as_of, datetime):
        moment = f"{warsaw(source.as_of):%d.%m %H:%M}."
        return f"Pomiar {moment}" if source.sample else f"{_name(source, address)} {moment}"
    return f"{_name(source, address)} {polish_date(source.as_of)}."


def _name(source: Source, address: str) -> str:
    acronym = _ACRONYM.match(source.name)
    return acronym.group() if acronym else address or source.name.split(",")[0]


def _address(url: str | None) -> str:
    if not url:
        return ""
    address = _SCHEME.sub("", url).rstrip("/")
    return address if len(address) <= _LONGEST_ADDRESS else urlsplit(url).hostname or ""


def _plain(text: str) -> str:
    return _IN_BRACKETS.sub("", text)
