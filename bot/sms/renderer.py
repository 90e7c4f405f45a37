"""An answer as one SMS: GSM alphabet, the needed fact first, one part where it will do, two at most."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.flows.commands import waiting
from bot.sms.pieces import Piece, Rank, is_about_danger, pieces_of
from bot.sms.sentences import shortened
from bot.sms.words import choices_of
from content.answer import Answer
from core.sms_text import GSM_ALONE, GSM_PART, segments, to_gsm, units

MAX_PARTS = 2
_MOST_WORDS = 4
_HELP_FIRST = "112! "
_NOTHING_SHORT = "Nie mam krótkiej odpowiedzi na to pytanie."
# A shorter beginning of a sentence would say nothing.
_LEAST_BEGINNING = 40


@dataclass(frozen=True)
class Sms:
    """The text to send, and the words it lets the resident text back with the payload of each."""

    text: str
    choices: Mapping[str, str]


def render(answer: Answer) -> Sms:
    """Return the answer as an SMS of at most two parts."""
    choices = choices_of(answer.buttons)
    pieces = [replace(piece, text=_in_gsm(piece.text)) for piece in [*pieces_of(answer), *_offered(answer)]]
    pieces = [piece for piece in pieces if any(character.isalnum() for character in piece.text)]
    if pieces and is_about_danger(answer):
        pieces[0] = replace(pieces[0], text=_HELP_FIRST + pieces[0].text)
    draft = _Draft(pieces, _parts(pieces, compact=bool(answer.facts or answer.places)))
    draft.add_up_to(Rank.USEFUL)
    # A text that waits for a TAK names the word itself.
    hints = [] if _asks_back(answer) or waiting(answer) else list(_hints(choices))
    # Words that carry on a list, such as programmes, say more than the list's first entry at length.
    if (answer.facts or answer.places) and any("?" in payload for payload in choices.values()):
        draft.add_hint(hints)
        hints = []
    draft.add_up_to(Rank.MORE)
    draft.add_hint(hints)
    return Sms(draft.text() or to_gsm(_NOTHING_SHORT), choices)


class _Draft:
    """Pieces chosen so far, always within the parts."""

    def __init__(self, pieces: list[Piece], parts: int) -> None:
        self._pieces = pieces
        self._parts = parts
        self._chosen: dict[int, Piece] = {}
        self._broken_off = False

    def add_up_to(self, rank: Rank) -> None:
        """Add every piece of these ranks that fits, the most needed first."""
        waiting = [at for at, piece in enumerate(self._pieces) if at not in self._chosen and piece.rank <= rank]
        for at in sorted(waiting, key=lambda number: self._pieces[number].rank):
            piece = self._pieces[at]
            runs_on = piece.paragraph is not None
            if not (runs_on and self._broken_off and piece.rank > Rank.ALWAYS) and not self._put(at, piece):
                self._broken_off = self._broken_off or runs_on
                self._put_beginning(at, piece)

    def add_hint(self, hints: Iterable[str]) -> None:
        """Add the first of the hints that fits at the end."""
        for hint in hints:
            if self._put(len(self._pieces), Piece(hint, Rank.MORE)):
                return

    def text(self) -> str:
        """Return the message; an introduction („…:”) whose list did not fit is left out."""
        shown = [self._chosen[at] for at in sorted(self._chosen) if not self._introduces_nothing(at)]
        return _joined(shown)

    def _put_beginning(self, at: int, piece: Piece) -> None:
        """Add the beginning of a long sentence that cannot be left out."""
        if piece.rank > Rank.ESSENTIAL or piece.paragraph is None:
            return
        room = (GSM_ALONE if self._parts == 1 else MAX_PARTS * GSM_PART) - units(_joined(self._chosen.values())) - 1
        # The second try is for text full of signs that count two.
        for length in (room, room // 2):
            text = shortened(piece.text, length) if length >= _LEAST_BEGINNING else ""
            if text and self._put(at, replace(piece, text=text)):
                return

    def _put(self, at: int, piece: Piece) -> bool:
        tried = {**self._chosen, at: piece}
        if segments(_joined(tried[number] for number in sorted(tried))) > self._parts:
            return False
        self._chosen = tried
        return True

    def _introduces_nothing(self, at: int) -> bool:
        return self._chosen[at].text.endswith(":") and at + 1 not in self._chosen


def _parts(pieces: list[Piece], *, compact: bool) -> int:
    """Return 1 when what is needed fits one part; of an answer that is only text all is needed."""
    needed = [piece for piece in pieces if not compact or piece.rank <= Rank.ESSENTIAL]
    return 1 if units(_joined(needed)) <= GSM_ALONE else MAX_PARTS


def _joined(pieces: Iterable[Piece]) -> str:
    """Return the pieces as one text; entries of a list, and what comes after a list, start a line."""
    text = ""
    before: Piece | None = None
    for piece in pieces:
        after_list = before is not None and before.own_line and piece.paragraph != before.paragraph
        text += ("\n" if piece.own_line or after_list else " ") + piece.text
        before = piece
    return text.strip()


def _in_gsm(text: str) -> str:
    """Return a text as GSM spells it; empty where it would lose most letters, as in a sentence in Cyrillic."""
    spelt = " ".join(to_gsm(text).split())
    return spelt if 2 * _letters(spelt) >= _letters(text) else ""


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


def _asks_back(answer: Answer) -> bool:
    lists = answer.facts or answer.places
    return bool(answer.buttons) and not lists and answer.text.rstrip().endswith(":")


def _offered(answer: Answer) -> list[Piece]:
    """Return the choices of „Czy chodziło o:”, without which it would be no question."""
    if not _asks_back(answer):
        return []
    words = {payload: word for word, payload in choices_of(answer.buttons).items()}
    named = [_explained(words[button.payload], button.title) for button in answer.buttons if button.payload in words]
    return [Piece(f"{', '.join(named)}. Proszę odpisać jedno słowo.", Rank.ESSENTIAL)]


def _explained(word: str, title: str) -> str:
    said = _in_gsm(title)
    return f"{word} ({said})" if said else word


def _hints(choices: Mapping[str, str]) -> Iterable[str]:
    """Yield hints of words to text back, the longest first."""
    words = list(choices)[:_MOST_WORDS]
    return (f"Mozna odpisac: {', '.join(words[:count])}." for count in range(len(words), 0, -1))
