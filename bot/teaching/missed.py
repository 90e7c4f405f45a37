"""What the assistant did not understand: the sentences of the last weeks, those that ask the same together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.teaching.known import KnownSentences
from bot.teaching.repository import MissedTurn
from core.text import PLACE_TOKEN
from nlu.taught import heard

LOOKED_BACK = timedelta(days=30)
MOST_TURNS = 5000
"""The newest turns that are looked at; there are fewer in a month but for an outage."""


class Sign(StrEnum):
    """How it is known that a sentence was not understood."""

    UNANSWERED = "unanswered"
    ASKED_BACK = "asked_back"
    UNSURE = "unsure"  # answered below the confidence at which an answer is sure
    UNHELPFUL = "unhelpful"  # the resident said so


@dataclass
class Missed:
    """A sentence as residents wrote it, masked; `turns` are the latest first, `guesses` what it was taken for."""

    text: str
    digest: str
    last_at: datetime
    turns: list[int] = field(default_factory=list)
    signs: Counter[Sign] = field(default_factory=Counter)
    guesses: Counter[str] = field(default_factory=Counter)

    @property
    def turn(self) -> int:
        """The id of the latest turn, which stands for the sentence in addresses."""
        return self.turns[0]

    @property
    def times(self) -> int:
        """How often it came."""
        return len(self.turns)


@dataclass(frozen=True)
class Group:
    """Sentences that ask the same, the most frequent first."""

    sentences: tuple[Missed, ...]

    @property
    def first(self) -> Missed:
        """The sentence that speaks for the group."""
        return self.sentences[0]

    @property
    def times(self) -> int:
        """How often its sentences came."""
        return sum(sentence.times for sentence in self.sentences)

    @property
    def last_at(self) -> datetime:
        """When the latest of them came."""
        return max(sentence.last_at for sentence in self.sentences)

    @property
    def signs(self) -> Counter[Sign]:
        """How often each sign was seen."""
        return sum((sentence.signs for sentence in self.sentences), Counter())

    @property
    def guesses(self) -> Counter[str]:
        """How often each intent was guessed."""
        return sum((sentence.guesses for sentence in self.sentences), Counter())


def missed_sentences(turns: Iterable[MissedTurn], known: KnownSentences, settled: set[str]) -> list[Missed]:
    """Return the sentences of turns, the newest first, those that sound alike as one; without the settled ones."""
    found: dict[str, Missed] = {}
    for turn in turns:
        new = known.prepared(turn.asked)
        if new.digest in settled or not _says_something(new.text):
            continue
        missed = found.setdefault(new.digest, Missed(turn.asked, new.digest, turn.at))
        missed.turns.append(turn.id)
        missed.signs.update(_signs(turn))
        missed.guesses[turn.intent] += 1
    return list(found.values())


def groups_of(missed: Sequence[Missed], known: KnownSentences) -> list[Group]:
    """Return the sentences in groups: what is asked most often comes first, then what came last."""
    ordered = sorted(missed, key=lambda sentence: (-sentence.times, -sentence.turn))
    places = known.grouping.grouped(tuple(known.prepared(sentence.text).text for sentence in ordered))
    groups = [Group(tuple(ordered[place] for place in group)) for group in places]
    return sorted(groups, key=lambda group: (-group.times, -group.first.turn))


def _says_something(text: str) -> bool:
    # A button, a location and a step of a form stand in the transcript in brackets and leave nothing.
    return any(character.isalpha() for character in heard(text).replace(PLACE_TOKEN, ""))


def _signs(turn: MissedTurn) -> set[Sign]:
    by_decision = {"fallback": Sign.UNANSWERED, **dict.fromkeys(("confirm", "choose", "clarify"), Sign.ASKED_BACK)}
    rated = {Sign.UNHELPFUL} if turn.helpful is False else set()
    found = by_decision.get(turn.decision)
    return rated | ({found} if found else set()) or {Sign.UNSURE}
