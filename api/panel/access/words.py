"""What is said about tries to sign in; never whether a name exists."""

import math

from content.format import plural
from core.staff.errors import SignInRefusedError, TooManyTriesError

NOT_LET_IN = "Nie udało się zalogować. Proszę sprawdzić nazwę i hasło. Hasło jednorazowe działa raz, przez 48 godzin."
WRONG_CODE = "Ten kod jest nieprawidłowy albo został już użyty. Proszę wpisać nowy kod z aplikacji."
NOT_CONFIRMED = "Hasło albo kod jest nieprawidłowy. Proszę spróbować jeszcze raz."


def told(error: SignInRefusedError, sentence: str) -> str:
    """Return why a try was refused: the given sentence, or how long to wait."""
    if not isinstance(error, TooManyTriesError):
        return sentence
    minutes = math.ceil(error.wait.total_seconds() / 60)
    words = plural(minutes, "minutę", "minuty", "minut")
    return f"Za dużo nieudanych prób. Następną można zrobić za {minutes} {words}."
