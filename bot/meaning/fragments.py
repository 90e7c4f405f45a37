"""What short words say inside a conversation: a bare value, „a ile?”, „to drugie”, „wracając do …”."""

import re
from collections.abc import Iterable, Sequence

from bot.message import remembered
from content.question import Entity
from core.text import fold

_WORD = re.compile(r"[^\W_]+")

# Words around a bare value that ask nothing themselves.
_FILLER = re.compile(
    r"a|i|no|to|na|we?|dla|przy|kolo|obok|pod|ze?|od|do|po|o|u|oraz|albo|ul|ulic[aye]|os|osiedl[eau]|dzielnic[aye]|okolic\w+|"
    r"jest|sa|bylo|bedzie|chodzi|chodzilo|mialem|mialam|mysli|mi|mnie|nam|mam|mamy|mieszkam|jestem|nie|tak|wolalbym|wolalabym|"
    r"lepiej|raczej|moze|prosze|poprosze|jeszcze|tez|takze|tylko|ok|dobra|dobrze|jednak|jesli|jezeli|gdyby|byc|wlasnie|"
    r"mojej?|moj|moim|ja|my|tym|ten|ta|te|razie|takim|wtedy|sie|jak|co|z"
)
# Question word → its forms, and the words around it that point to no topic: „gdzie złożyć” is for the model.
_AROUND = (
    r"a|i|no|to|ale|tam|tu|wlasciwie|dokladnie|po|do|od|na|w|o|dla|za|mi|mnie|sie|ten|ta|te|tego|tej|taki\w*|prosze|jeszcze|"
    r"mozna|moge|trzeba|jaki|jaka|jakie|jest"
)
_QUESTION_KEYS = tuple(
    (key, re.compile(forms), re.compile(f"{_AROUND}|{around}"))
    for key, forms, around in (
        ("gdzie", "gdzie|dokad", "znajde|sa"),
        ("ile", "ile|koszt|koszty|kwota|cena", "kosztuj[ea]|wynosi|wynosza"),
        ("kiedy", "kiedy|termin|ktorej", "trwa|bedzie"),
        ("kto", "kto|komu|kogo", "moze"),
        ("jak", "jak|czym", "zrobic|robi|zalatwic"),
        ("co", "co", "znaczy|oznacza|oznaczaja"),
    )
)
_RETURN = re.compile(
    r"^\W*((a|no|i|ok|dobra|dobrze|jeszcze)\W+)*"
    r"((wracajac|wracam|wrocmy|wracamy|wroc|powrot)( jeszcze)?( raz)? do|co do)\s+"
)
_YES = re.compile(r"tak|tak tak|no tak|taa+k|yes|так|да|ja")
_NO = re.compile(r"nie|nie nie|no nie|niee+|nope|nein|ні|нет")
_OBJECTION = re.compile(
    r"(nie )?(to )?nie (o )?to( mi)?( chodzi| chodzilo| pytam| pytalem| pytalam)?|nie o to( mi)? \w+|"
    r"nie (zrozumial\w+|rozumiesz)( mnie)?|zle( mnie)? zrozumial\w*|"
    r"(chodzi|chodzilo)( mi)? o cos innego|(o )?cos innego"
)
_CHOICE = re.compile(
    r"(?:(?:to|ta|ten|tą|te|a|poprosze|prosze|wybieram|opcja|numer|nr|o)\s+)*"
    r"(?:(?P<number>\d)|(?P<first>pierwsz\w+)|(?P<second>drugi\w*|druga)|(?P<third>trzeci\w*))"
    r"(?:\s+(?:prosze|opcja|pytanie|temat|z nich))?"
)
_ORDINALS = ("first", "second", "third")
_PLACE_CUE = re.compile(
    r"\b(na|przy|kolo|obok|ul|ulicy|ulica|os|osiedlu|osiedle) "
    r"(?!razie|pewno|przyklad|koniec|co|czym|(?:osob[ey]|glowe|miesiac|rok|rodzine)\b)\w{3,}"
)
_ELLIPTIC = re.compile(r"^(no )?a (?!moze)|\b(tam|tamtej|stamtad)\b")
_EVERYWHERE = re.compile(r"\b(wszystki\w*|wszedzie|cal(e|ym|ego) (miast\w+)|inn\w+ miejsc\w+|gdziekolwiek)\b")


def is_bare(text: str, entities: Sequence[Entity]) -> bool:
    """Whether a text gives values and asks nothing: „a na Zosinku?”, „nie, chodziło mi o pellet”."""
    return bool(entities) and all(_FILLER.fullmatch(word) for word in _words_beside(text, entities))


def short_question(text: str, entities: Iterable[Entity] = ()) -> str | None:
    """Return what a text of only a question word and words around it asks: „a ile to kosztuje?” → „ile”."""
    words = _words_beside(text, entities)
    fitting = [
        key
        for key, form, around in _QUESTION_KEYS
        if any(form.fullmatch(word) for word in words)
        and all(form.fullmatch(word) or around.fullmatch(word) for word in words)
    ]
    return fitting[0] if len(fitting) == 1 else None


def after_return(text: str) -> str | None:
    """Return what follows „wracając do …”; None when the text does not go back to anything."""
    match = _RETURN.match(fold(text))
    return text[match.end() :] or None if match else None


def is_yes(text: str) -> bool:
    """Whether the whole message is a yes."""
    return _YES.fullmatch(_plain(text)) is not None


def is_no(text: str) -> bool:
    """Whether the whole message is a no."""
    return _NO.fullmatch(_plain(text)) is not None


def objects(text: str) -> bool:
    """Whether the whole message says that something else was meant."""
    return _OBJECTION.fullmatch(_plain(text)) is not None


def chosen(text: str, offers: Sequence[str]) -> str | None:
    """Return the one of several `offers` that a text names by its place in the list: „2”, „to drugie”."""
    match = _CHOICE.fullmatch(_plain(text)) if offers else None
    if match is None:
        return None
    if match["number"]:
        place = int(match["number"])
    else:
        place = 1 if len(offers) == 1 else next(at for at, name in enumerate(_ORDINALS, 1) if match[name])
    return offers[place - 1] if 1 <= place <= len(offers) else None


def is_elliptic(text: str) -> bool:
    """Whether a text goes on from what was said: „a jaka jest cena?”, „ile tam kosztuje”."""
    return _ELLIPTIC.search(_plain(text)) is not None


def hints_at_a_place(text: str) -> bool:
    """Whether a text seems to name a place, known or not: „a na Kwiatowej?”."""
    return _PLACE_CUE.search(_plain(text)) is not None


def means_everywhere(text: str) -> bool:
    """Whether a text asks about no place in particular on purpose."""
    return _EVERYWHERE.search(fold(text)) is not None


@remembered
def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _words_beside(text: str, entities: Iterable[Entity]) -> list[str]:
    """Return the folded words of a text without those that name the entities."""
    folded = fold(text)
    for entity in entities:
        folded = folded.replace(fold(entity.text), " ", 1) if entity.text else folded
    return _WORD.findall(folded)
