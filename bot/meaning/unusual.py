"""Messages that no model needs to judge: only signs, letters struck at random, a question word alone, rude words."""

import re
from enum import StrEnum

from bot.message import remembered
from core.text import fold

_WORD = re.compile(r"[^\W\d_]+")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYBOARD = tuple(keys for row in _ROWS for keys in (row, row[::-1]))
# „wertykalny” holds five keys in a row.
_LEAST_RUN, _TELLING_RUN = 3, 6
_NO_VOWEL = re.compile(r"[^aeiouy]{5,}")
# No Polish word has six consonants in a row.
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6}")
_ONE_LETTER = re.compile(r"(.)\1{2,}")

# Variation selectors and skin tones may follow a sign; they do not change what it says.
_REACTIONS = (
    ("affirm", "👍👌✅🆗✔"),
    ("feedback", "👎😡🤬😠💩"),
    ("thanks", "🙏❤🧡💛💚💙💜🥰😍😊🙂😀😃😄👏💪"),
    ("greet", "👋"),
    ("deny", "❌🚫✖"),
)
_SMILEYS = ((re.compile(r"([:;=]-?[)D\]]+\s*)+"), "thanks"), (re.compile(r"([:;=]-?[(\[/]+\s*)+"), "feedback"))

_RUDE = re.compile(
    r"\b(kurw\w*|skurw\w*|wkurw\w*|kurde|chuj\w*|huj\w*|pierdol\w*|spierdal\w*|wypierdal\w*|opierdal\w*|jeb\w*|zajeb\w*|"
    r"wyjeb\w*|pojeb\w*|zjeb\w*|pizd\w*|cip[aoy]|gown\w*|dup[aey]|dupk\w*|dupek|idiot\w*|debil\w*|kretyn\w*|palant\w*|"
    r"matol\w*|tepak\w*|glup(i|ia|ie|ku|ek|ki|ich)|cholern\w*|cholera|sukinsyn\w*|cwel\w*|frajer\w*|zasran\w*|"
    r"fuck\w*|shit|wal sie|zamknij sie)\b"
)
# What is left of an insult when the rude word is gone.
_AROUND_RUDE = re.compile(
    r"ty|wy|jeste[sn]?|jestescie|jest|sa|to|co|za|ale|no|ze?|na|w|i|a|do|sie|was|wami|toba|cie?|mi|mnie|ja|ich|nich|nic|o|tym|"
    r"bot\w{0,2}|bocie|asysten\w+|automa\w+|maszyn\w+|program\w*|jak\w*|taki?e?a?|kompletn\w+|totaln\w+|zwykl\w+|twoj\w*|twa|"
    r"wasz\w*|tw[oa]j\w*|te[nj]|ta|chyba|naprawde|serio|po|prostu|wez|idz"
)
_QUESTION_WORD = re.compile(r"gdzie|ile|kiedy|jak|kto|komu|co|czemu|dlaczego|ktor[aey]|jak[aiy]e?")
_EMERGENCY_NUMBER = re.compile(r"112|99[2789]")
_LEAD = re.compile(r"a|no|i|ale|to")


class Remark(StrEnum):
    """What is unusual about a message (ELSEWHERE: it asks about another town); the values name the answers."""

    SYMBOLS = "symbols"
    NONSENSE = "nonsense"
    QUESTION_WORD = "question_word"
    RUDE = "rude"
    ELSEWHERE = "elsewhere"


def reaction(text: str) -> str | None:
    """Return the intent that a message of nothing but signs expresses: 👍 affirms, 👎 complains, 🙏 thanks."""
    for pattern, intent in _SMILEYS:
        if pattern.fullmatch(text):
            return intent
    if has_words(text) or any(character.isdigit() for character in text):
        return None
    return next((intent for intent, signs in _REACTIONS if any(sign in text for sign in signs)), None)


def is_emergency_number(text: str) -> bool:
    """Whether the message is a number that people dial in danger, and nothing else."""
    return _EMERGENCY_NUMBER.fullmatch(text.strip(" .!?")) is not None


def has_words(text: str) -> bool:
    """Whether there is a letter in the text."""
    return any(character.isalpha() for character in text)


@remembered
def is_nonsense(text: str) -> bool:
    """Whether every word of the text is letters struck at random."""
    words = _WORD.findall(fold(text))
    return bool(words) and all(_is_struck_at_random(word) for word in words)


@remembered
def question_word_alone(text: str) -> str | None:
    """Return the question word that is all there is to a message („a gdzie?”)."""
    words = [word for word in _WORD.findall(fold(text)) if not _LEAD.fullmatch(word)]
    return words[0] if len(words) == 1 and _QUESTION_WORD.fullmatch(words[0]) else None


@remembered
def without_rude_words(text: str) -> str | None:
    """Return a rude text without its rude words, empty when nothing else is said; None when the text is not rude."""
    folded = fold(text)
    if not _RUDE.search(folded):
        return None
    kept, at = [], 0
    for match in _RUDE.finditer(folded):
        kept.append(text[at : match.start()])
        at = match.end()
    rest = " ".join(" ".join([*kept, text[at:]]).split()).strip(" ,.!?;-")
    says_more = any(not _AROUND_RUDE.fullmatch(word) for word in _WORD.findall(fold(rest)))
    return rest if says_more else ""


def _is_struck_at_random(word: str) -> bool:
    if any(word in row for row in _KEYBOARD) and len(word) >= _LEAST_RUN:
        return True
    if any(word[at : at + _TELLING_RUN] in row for row in _KEYBOARD for at in range(len(word) - _TELLING_RUN + 1)):
        return True
    return bool(_NO_VOWEL.fullmatch(word) or _CONSONANTS.search(word) or _ONE_LETTER.fullmatch(word))
