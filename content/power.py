"""Finds charging powers („min. 50 kW”, „do 22kW”, „50-100 kW”) in what a resident wrote.

The id is the power in whole kW that a charger must have at least; `max_22` is a wish for no more than that. The proper
name says the comparison as it was meant.
"""

import re
from typing import Literal

from content.pack_file import PackData
from content.question import Entity
from core.text import fold

Comparison = Literal["exact", "min", "over", "max"]
_MAXIMUM = "max_"
_POWER = re.compile(
    r"(?<![\d.,])(?:(?P<from>\d{1,3})\s*(?:-|–|do)\s*)?(?P<kw>\d{1,3})(?:[.,]\d)?\s*(?P<unit>kw(?!h)|kilowat(?!\w*god)\w*)"
)


class PowerData(PackData):
    """The section `power` of `vocabulary.yml`: words before and after a power, and the names of the comparisons."""

    before: dict[Comparison, tuple[str, ...]]
    after: dict[Comparison, tuple[str, ...]]
    names: dict[Comparison, str]


class PowerFinder:
    """Finds powers in a text."""

    def __init__(self, data: PowerData) -> None:
        self._names = data.names
        self._before = {kind: re.compile(rf"(?:^|\W)({_any(words)})\.?\s*$") for kind, words in data.before.items()}
        self._after = {kind: re.compile(rf"\s*(?:\+|({_any(words)})\b)") for kind, words in data.after.items()}

    def find(self, text: str) -> list[tuple[int, Entity]]:
        """Return the powers named in `text`, each with its position, in its order."""
        folded = fold(text)
        return [(match.start(), self._entity(match, folded, text)) for match in _POWER.finditer(folded)]

    def name(self, power_id: str) -> str | None:
        """Return the proper name of an id, or None when there is no such id."""
        kw = power_id.removeprefix(_MAXIMUM)
        if not kw.isdecimal():
            return None
        return self._names["max" if power_id.startswith(_MAXIMUM) else "exact"].format(kw=int(kw))

    def _entity(self, match: re.Match[str], folded: str, text: str) -> Entity:
        comparison = self._comparison(match, folded)
        kw = int(match["from"] or match["kw"])
        power_id = f"{_MAXIMUM}{kw}" if comparison == "max" else str(kw)
        written = text[match.start() : match.end()]
        return Entity("power_kw", power_id, self._names[comparison].format(kw=kw), written)

    def _comparison(self, match: re.Match[str], folded: str) -> Comparison:
        if match["from"]:
            return "min"
        before, after = folded[: match.start()], folded[match.end() :]
        # „Nie mniej niż” ends in „mniej niż”: the longer words decide.
        searched = {kind: words.search(before) for kind, words in self._before.items()}
        if found := {kind: len(match[1]) for kind, match in searched.items() if match}:
            return max(found, key=lambda kind: found[kind])
        return next((kind for kind, words in self._after.items() if words.match(after)), "exact")


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in words)
