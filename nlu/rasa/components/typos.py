"""Copies of training sentences with one typing error each, so that the model knows words as thumbs write them."""

import random
from typing import List, Optional, Tuple

_LETTERS = "abcdefghijklmnoprstuwyz"
_SHORTEST = 4  # letters of a word that still is itself with one of them wrong


def with_typos(sentences: List[str], intents: List[str], copies: int, seed: int) -> Tuple[List[str], List[str]]:
    """Return the sentences (words joined by spaces) and intents, each followed by `copies` rounds of misspelt ones."""
    chance = random.Random(seed)  # noqa: S311 - the same errors at every training, not a secret
    all_sentences, all_intents = list(sentences), list(intents)
    for _ in range(copies):
        for sentence, intent in zip(sentences, intents, strict=True):
            misspelt = _misspelt(sentence, chance)
            if misspelt is not None:
                all_sentences.append(misspelt)
                all_intents.append(intent)
    return all_sentences, all_intents


def _misspelt(sentence: str, chance: random.Random) -> Optional[str]:
    words = sentence.split(" ")
    long_enough = [i for i, word in enumerate(words) if len(word) >= _SHORTEST and word.isalpha()]
    if not long_enough:
        return None
    index = chance.choice(long_enough)
    words[index] = _with_error(words[index], chance)
    return " ".join(words)


def _with_error(word: str, chance: random.Random) -> str:
    """Return the word with a letter left out, added, replaced, or changed places with the next one."""
    at = chance.randrange(len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    kind = chance.randrange(4)
    if kind == 0:
        return before + after
    if kind == 1:
        return before + chance.choice(_LETTERS) + letter + after
    if kind == 2:
        return before + chance.choice(_LETTERS) + after
    return before + after[0] + letter + after[1:]
