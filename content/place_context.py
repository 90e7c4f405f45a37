"""What the words around a name show: that a place is meant and which kind of it, or that something else is meant."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Protocol

from content.matching import Word
from core.text import fold

# Between „ul.” and a name may stand a title or a first name.
_TITLE = re.compile(r"gen|generala|plk|pulkownika|marsz|marszalka|ks|ksiedza|kard|kardynala|sw|swietego|dr|prof|mjr")
# Before a surname these speak of the person.
_PERSON = re.compile(
    r"pan(a|u|em|i|ia)?|minist\w*|premier\w*|prezydent\w*|pos(el|la|lem|lowi)|senator\w*|radn\w+|rzad\w*|wiersz\w*"
    r"|powiesc\w*|ksiazk\w*|utwor\w*|film\w*|pomnik\w*|im|imienia|autor\w*|zona|zony|dzielo|dziela|nazwisk\w*"
)
# Before the name of a firm these speak of its house.
_BUILDING = re.compile(r"(biurow|wiezow)(iec|ca|cowi|cem|cu|ce)|budyn(ek|ku|kowi|kiem)|gmach\w*|siedzib\w+")
# A message of nothing else but a name and such words is about the place.
_PLAIN = re.compile(
    r"a|i|no|oraz|to|czy|co|jak|jak(i|a|ie)|ile|gdzie|kiedy|jest|sa|bedzie|tam|u|nas|teraz|dzis(iaj)?|jutro|wczoraj|stan"
    r"|smog\w*|pyl\w*|powietrz\w*|indeks\w*|czujnik\w*|stacj\w+|ladowark\w+|ccs|chademo|wolna|wolne|pm(10|25|2)?|10|2|5"
)
# What follows the name of a street when the street is meant; after an adjective a noun would follow.
_GOES_ON = re.compile(
    r"a|i|oraz|albo|lub|czy|ale|bo|to|jest|sa|sie|nie|jak|jaki\w*|ile|gdzie|kiedy|co|ktos|cos|w|we|na|przy|kolo|obok|o|od"
    r"|do|z|za|przez|teraz|dzis\w*|jutro|wczoraj|wieczorem|rano|smog\w*|powietrz\w*|pyl\w*|dym\w*|smierdz\w*|kopc\w*"
    r"|pal\w+|ladowar\w+|dzial\w+|sto(i|ja)|mam|mieszkam|chce|prosze|ma|maja|tez|juz|pm|ccs|chademo|stacj\w+|slup\w+"
)
_JOURNEY = re.compile(r"do|z|ze|od|przez|za|ku|kierunku|kier|na|strone|tras[aeyi]|drog[ai]|drodze|przed|miedzy|relacji")
_JOINS = re.compile(r"i|oraz|albo|lub|czy|a|ani|niz")
_UNIT = r"kw|zl|%|km|kg|h\b|godz|min|dni|lat|rok|raz|mies|tys|proc|stopni|ton|m\b|szt|osob|µg|ug"
_HOUSE_NUMBER = re.compile(rf" +(?:nr\.? *)?\d{{1,3}} ?[a-z]?(?:/\d+)?(?![\w,.]*\d)(?! *(?:{_UNIT}))")
_LIES_IN = re.compile(r"we?|kolo|pod|na")
_BREAK = re.compile(r"(?<!\bul)(?<!\bal)(?<!\bpl)(?<!\bos)\.|[!?;\n–-]")
_SHORT_MESSAGE = 6
_FEW_WORDS = 3
_NEW_SENTENCE = re.compile(r"[.!?:]\s*[\"„»(]*$")
_SURNAME_OF_A_TOWN = re.compile(r" ([A-ZŚŁŻŹĆ]\w+(?:sk|ck)(?:i|a|ą|ie|ich|iego|iej|im|imi))\b")
_SURNAME_IN_PLURAL = re.compile(r" \w+[sc]kich\b")


class Span(Protocol):
    """A piece of the text."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


class Cue(Enum):
    """What stands before a name (or after it: a house number), the strongest first."""

    STREET = auto()
    DISTRICT = auto()
    NEAR_STREET = auto()
    ON = auto()
    IN = auto()
    NEAR = auto()
    NONE = auto()

    @property
    def explicit(self) -> bool:
        """Whether it says outright that a street or a district follows."""
        return self in {Cue.STREET, Cue.DISTRICT}


_CUES = {
    Cue.STREET: re.compile(r"ul|ulic[aye]|al|alej[aei]|pl|plac(u|em)?|rogu?|skrzyzowani[eu]|rond(o|a|em|zie)|nr|numer"),
    Cue.DISTRICT: re.compile(r"os|osiedl(e|a|u|em)|dzielnic[aye]"),
    Cue.NEAR_STREET: re.compile(r"przy"),
    Cue.ON: re.compile(r"na"),
    Cue.IN: re.compile(r"we?"),
    Cue.NEAR: re.compile(
        r"kolo|obok|pod|ze?|do|od|za|przed|przez|nad|ku|wokol|niedaleko|nieopodal|blisko|okolic[aey]|okolicach|poblizu"
        r"|(naj)?blizej|strone|kierunku|kier|rejon(ie|u)?|miedzy"
    ),
}


class Surroundings:
    """The text around the names that were found in it; positions are those of the text."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self._text = text
        self._words = words
        self._index = {word.start: index for index, word in enumerate(words)}
        self._after = {word.end: index + 1 for index, word in enumerate(words)}
        self._shouted = text.isupper()
        self._lower = fold(text)
        self._cues: dict[tuple[int, int], Cue] = {}

    def cue(self, start: int, end: int) -> Cue:
        """Return what shows that the name from `start` to `end` is a place."""
        if (start, end) not in self._cues:
            has_number = _HOUSE_NUMBER.match(self._lower, end)
            self._cues[start, end] = Cue.STREET if has_number else self._cue_before(self._index[start])
        return self._cues[start, end]

    def is_person(self, start: int) -> bool:
        """Whether the word before the name speaks of somebody or something that bears it."""
        return bool(_PERSON.fullmatch(self._word_before(start)))

    def names_a_building(self, start: int) -> bool:
        """Whether the word before says that the name is that of a house („biurowiec …”)."""
        return bool(_BUILDING.fullmatch(self._word_before(start)))

    def is_capital(self, start: int, end: int) -> bool:
        """Whether the name has a capital letter that no beginning of a sentence and no shouting explains."""
        if self._shouted:
            return False
        first, after = self._index[start], self._after[end]
        if any(self._text[word.start].isupper() for word in self._words[first + 1 : after]):
            return True
        if not self._text[start].isupper():
            return False
        before = self._text[:start].rstrip()
        return bool(before) and not _NEW_SENTENCE.search(before)

    def is_alone(self, start: int, end: int) -> bool:
        """Whether nothing but plain words of a question stands beside the name."""
        others = (word for word in self._words if word.end <= start or word.start >= end)
        return all(_PLAIN.fullmatch(word.text) for word in others)

    def is_adjective(self, start: int, end: int) -> bool:
        """Whether a noun that agrees with it follows, so that the name of a street would be its adjective."""
        after = self._after[end]
        if self.is_capital(start, end) or after == len(self._words) or self._words[after].start - end > 1:
            return False
        name, word = self._words[after - 1].text, self._words[after].text
        agrees = word.endswith(("e", "i", "y") if name.endswith("ej") else ("a", "c"))
        return agrees and not _GOES_ON.fullmatch(word)

    def is_of_a_noun(self, start: int, end: int) -> bool:
        """Whether the adjective belongs to a noun before it: it has the ending for that and does not come first."""
        return self._index[start] > 0 and self._lower[:end].endswith("ej")

    def continues_a_list(self, start: int) -> bool:
        """Whether the name is joined to what stands before it („na Chojnowskiej i Wrocławskiej”)."""
        before = self._index[start] - 1
        if before < 0:
            return False
        gap = self._text[self._words[before].end : start]
        return "," in gap or bool(_JOINS.fullmatch(self._words[before].text))

    def has_surname_of_a_town(self, end: int) -> bool:
        """Whether an adjective follows that makes it the name of another town („Piekary Śląskie”)."""
        capital = not self._shouted and _SURNAME_OF_A_TOWN.match(self._text, end)
        return bool(capital or (self._lower[:end].endswith("ach") and _SURNAME_IN_PLURAL.match(self._lower, end)))

    def is_journey(self, start: int, end: int) -> bool:
        """Whether the word before a town only says where somebody comes from or goes."""
        if not _JOURNEY.fullmatch(self._word_before(start)):
            return False
        # „Na Wrocław” is a way, „na Mazurach” is a place.
        return not (self.cue(start, end) is Cue.ON and self._words[self._after[end] - 1].text.endswith(("ach", "ich")))

    def is_asked_about(self, start: int, end: int) -> bool:
        """Whether the message is about the town: it stands after „w” and the like, or bare in a short message."""
        bare = self.cue(start, end) is Cue.NONE
        return not self.is_journey(start, end) and (not bare or len(self._words) <= _SHORT_MESSAGE)

    def opens(self, town: Span, start: int) -> bool:
        """Whether a town named before speaks of the place that starts at `start` („w Toruniu na Bielanach”)."""
        between = self._words[self._after[town.end] : self._index[start]]
        joined = all(_cue_of(word.text) is not Cue.NONE for word in between)
        near = len(between) <= _FEW_WORDS and not _BREAK.search(self._lower[town.end : start])
        return joined and near and not self.is_journey(town.start, town.end)

    def lies_in(self, end: int, other_start: int) -> bool:
        """Whether the name that ends at `end` is said to lie in the town named at `other_start`."""
        between = self._words[self._after[end] : self._index[other_start]]
        if _BREAK.search(self._lower[end:other_start]):
            return False
        joint = [word.text for word in between if not word.text.isdecimal()]
        return len(between) <= _FEW_WORDS and len(joint) <= 1 and all(_LIES_IN.fullmatch(word) for word in joint)

    def _word_before(self, start: int) -> str:
        """Return the word before a name, nothing at the beginning of the text."""
        index = self._index[start]
        return self._words[index - 1].text if index else ""

    def _cue_before(self, index: int) -> Cue:
        """Return the cue before a name; titles may stand between, after „ul.” a first name as well."""
        before = self._before_titles(index)
        found = self._cue_at(before)
        if found is Cue.NONE and self._cue_at(self._before_titles(before)) is Cue.STREET:
            return Cue.STREET
        return found

    def _before_titles(self, index: int) -> int:
        before = index - 1
        while before >= 0 and _TITLE.fullmatch(self._words[before].text):
            before -= 1
        return before

    def _cue_at(self, index: int) -> Cue:
        return _cue_of(self._words[index].text) if index >= 0 else Cue.NONE


def _cue_of(word: str) -> Cue:
    return next((cue for cue, pattern in _CUES.items() if pattern.fullmatch(word)), Cue.NONE)
