"""Personal data is replaced by a word before text reaches a log, the database or a report."""

import re
from collections.abc import Callable

_PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b(?:PL ?)?\d{2}(?:[ -]?\d{4}){6}\b", re.IGNORECASE)
_CARD = re.compile(r"\b\d(?:[ -]?\d){12,18}\b")
_PESEL = re.compile(r"(?<!\d)\d{11}(?!\d)")
_PHONE = re.compile(r"(?<![\d,.])(?:\(?(?:\+|00)48\)?[ -]?)?\(?\d(?:[ ()-]{0,2}\d){8}(?!\d)")
_PLATE = re.compile(r"\b(?:DL|DLE|DW|DPL|DLU|DGL|DJA|DZL|DSR|DBL)\s?[0-9A-Z]{4,5}\b")
_HOUSE = re.compile(
    r"(?P<street>\b(?:ul\.?|ulica|ulicy|al\.?|aleja|alei|pl\.?|plac|placu|os\.?)\s+[a-ząćęłńóśźż.\- ]{2,40}?)"
    r"\s+\d{1,4}(?:\s?[a-z](?![\w.]))?(?:\s?(?:/|m\.?|lok\.?)\s?\d{1,4})?\b",
    re.IGNORECASE,
)


def mask(text: str) -> str:
    """Return `text` with e-mails, bank accounts, cards, PESEL numbers, phones, plates and house numbers replaced."""
    text = _EMAIL.sub("[e-mail]", text)
    text = _IBAN.sub("[konto]", text)
    text = _PESEL.sub(_when(is_pesel, "[PESEL]"), text)
    text = _CARD.sub(_when(_is_card, "[karta]"), text)
    text = _PHONE.sub("[telefon]", text)
    text = _PLATE.sub("[rejestracja]", text)
    return _HOUSE.sub(r"\g<street> [numer]", text)


def is_pesel(digits: str) -> bool:
    """Check a PESEL: 11 digits, the check digit (weights 1-3-7-9), a possible month and day of birth."""
    if len(digits) != 11 or not digits.isdigit():
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(digits[:10], _PESEL_WEIGHTS, strict=True))
    month, day = int(digits[2:4]) % 20, int(digits[4:6])
    return (10 - weighted % 10) % 10 == int(digits[10]) and 1 <= month <= 12 and 1 <= day <= 31


def _is_card(number: str) -> bool:
    """Check the Luhn sum of a payment card number."""
    digits = [int(character) for character in number if character.isdigit()]
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _when(check: Callable[[str], bool], word: str) -> Callable[[re.Match[str]], str]:
    """Return a replacement that masks only matches which pass the check."""
    return lambda match: word if check(match.group()) else match.group()
