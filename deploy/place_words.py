"""Writes `places_generated.yml` of a city pack: case forms of other towns, and ordinary words one typo from a name.

    uv run --with morfeusz2 --with simplemma python deploy/place_words.py content/city/<city>

Run it after a change of the names in `places.yml` or of `places_addresses.yml`. The product itself needs neither
library: morfeusz2 inflects and tells common words from names, simplemma lists the forms of Polish words.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from morfeusz2 import Morfeusz
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from content.gazetteer import GENERATED, PlaceData, load_gazetteer
from content.places import max_edits
from content.typos import TypoIndex
from core.text import fold

_HEADER = (
    "# Written by deploy/place_words.py (morfeusz2, simplemma). Do not edit: change places.yml and run it again.\n"
)
_CASES = ("nom", "gen", "dat", "acc", "inst", "loc")
# A rare word („rzad.”) is less likely in a message than a misspelt name.
_RARE = {"rzad.", "arch.", "daw.", "przest.", "gwar.", "reg.", "hist.", "bot.", "zool.", "poet.", "środ."}


def main(folder: Path) -> None:
    """Write the generated words of the city pack in `folder`."""
    morfeusz = Morfeusz()
    data = load_gazetteer(folder)
    names = (*data.towns, *data.towns_like_words)
    town_forms = {name: forms for name in names if (forms := sorted(_case_forms(morfeusz, name)))}
    known = set(_misspellable(data.model_copy(update={"town_forms": town_forms})))
    lookalikes = sorted(_lookalikes(morfeusz, known))
    document = {"town_forms": town_forms, "not_typos": lookalikes}
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=118, default_flow_style=None)
    (folder / GENERATED).write_text(_HEADER + text, encoding="utf-8")
    sys.stdout.write(f"{len(town_forms)} towns, {len(lookalikes)} ordinary words like a name\n")


def _case_forms(morfeusz: Morfeusz, name: str) -> set[str]:
    """Return the folded case forms of a town's name; the words of the name change together."""
    words = name.replace("-", " ").split()
    paradigms = [_paradigm(morfeusz, word, alone=len(words) == 1) for word in words]
    forms = (" ".join(filter(None, (paradigm.get(case) for paradigm in paradigms))) for case in _CASES)
    complete = {fold(form) for form in forms if len(form.split()) == len(paradigms)}
    return complete - {fold(name)}


def _paradigm(morfeusz: Morfeusz, word: str, *, alone: bool) -> dict[str, str]:
    """Return the form of a word in each case, in the number and gender of the given nominative."""
    nominatives = [analysis for _, _, analysis in morfeusz.analyse(word) if "nom" in _tag(analysis[2], 2)]
    towns = [one for one in nominatives if "nazwa_geograficzna" in one[3]]
    adjectives = [one for one in nominatives if one[2].startswith("adj") and not alone]
    chosen = next(iter(adjectives or towns or nominatives), None)
    if chosen is None:
        return {}
    lemma, tag = chosen[1], chosen[2].split(":")
    genders = _tag(chosen[2], 3)
    gender = "m3" if "m3" in genders else genders[0]
    forms: dict[str, str] = {}
    for form, _, other, _, _ in morfeusz.generate(lemma):
        same = other.split(":")[:2] == tag[:2] and other.split(":")[4:5] == tag[4:5]
        if same and gender in _tag(other, 3):
            for case in _tag(other, 2):
                forms.setdefault(case, form)
    return forms


def _tag(tag: str, part: int) -> list[str]:
    parts = tag.split(":")
    return parts[part].split(".") if len(parts) > part else []


def _misspellable(data: PlaceData) -> Iterator[str]:
    """Return the one-word forms in which the product allows a typo without „ul.” or „os.” before it."""
    places = [place for place in data.all_places().values() if place.needs != "street"]
    written = [place.written_forms() | {fold(form) for form in place.cue_forms} for place in places]
    written += [town.forms for town in data.all_towns().values()]
    return (form for one in written for form in one if form.isalpha() and max_edits(form))


def _lookalikes(morfeusz: Morfeusz, known: set[str]) -> set[str]:
    """Return the folded ordinary words that could be taken for a misspelt name."""
    index = TypoIndex(known)
    found: set[str] = set()
    for raw in DefaultDictionaryFactory().get_dictionary("pl"):
        word = raw.decode() if isinstance(raw, bytes) else raw
        folded = fold(word)
        if word.islower() and folded not in found and folded not in known and index.near(folded):
            analyses = [analysis for _, _, analysis in morfeusz.analyse(word)]
            if any(tag != "ign" and _is_ordinary(names, labels) for _, _, tag, names, labels in analyses):
                found.add(folded)
    return found


def _is_ordinary(names: list[str], labels: list[str]) -> bool:
    """Whether an analysis speaks of a common word (verbs and adjectives carry no kind of name) that is not rare."""
    return (not names or "nazwa_pospolita" in names) and not _RARE & set(labels)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
