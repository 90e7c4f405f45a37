"""How the office speaks of messages: the city's own names of states and topics, and how an answer gets through."""

from collections.abc import Mapping

from api.panel.words import CHANNELS
from bot.handoffs.letters.letter import Letter, LetterState, Trouble
from bot.handoffs.states import HandoffState
from content.format import polish_moment
from content.texts import Texts

_INTENT = "human_handoff"
_WAYS: Mapping[str, str] = {"none": "bez kontaktu", "here": "tą samą drogą", "phone": "telefon", "email": "e-mail"}
_TROUBLES: Mapping[Trouble, str] = {
    Trouble.STOPPED: "mieszkaniec wysłał STOP, więc miasto nie pisze na ten numer",
    Trouble.GONE: "bot jest zablokowany albo ten numer nie istnieje",
    Trouble.REFUSED: "dostawca nie przyjął albo nie doręczył tej wiadomości",
    Trouble.TOO_LATE: "przez całą dobę nie udało się połączyć z dostawcą",
    Trouble.UNREADABLE: "brakuje klucza, którym zaszyfrowano adres",
    Trouble.AWAY: "dostawca chwilowo nie odpowiada",
    Trouble.SPEND_CAP: "dzienny limit wydatków na SMS jest wyczerpany",
    Trouble.LIMIT: "na ten numer poszło już dużo wiadomości",
    Trouble.ACCOUNT: "dostawca odrzuca konto miasta; zespół techniczny dostał o tym wiadomość",
}


class InboxWords:
    """Names for the pages of the inbox."""

    def __init__(self, texts: Texts) -> None:
        self._wording = texts[_INTENT]

    def state(self, state: HandoffState) -> str:
        """Return a state in the city's words."""
        return self._wording.say(f"state_name_{state}")

    def topic(self, topic: str) -> str:
        """Return the title of a topic; one that the city no longer offers keeps its id."""
        return self._wording.more.get(f"topic_{topic}", topic)

    def channel(self, channel: str) -> str:
        """Return the name of a channel."""
        return CHANNELS.get(channel, channel)

    def way(self, reply_to: str) -> str:
        """Return how the resident wants to be answered."""
        return _WAYS.get(reply_to, reply_to)

    def letter(self, letter: Letter) -> str:
        """Return how far a reply has come, in a sentence."""
        how = "SMS-em" if letter.channel == "sms" else f"przez {self.channel(letter.channel)}"
        done = polish_moment(letter.finished_at) if letter.finished_at else ""
        match letter.state:
            case LetterState.WAITING:
                return f"Czeka na wysłanie {how}.{_why(letter)}"
            case LetterState.SENT:
                return f"Wysłano {how}: {done}."
            case LetterState.DELIVERED:
                return f"Doręczono {how}: {done}."
            case LetterState.FAILED:
                return f"Nie udało się wysłać {how}: {_reason(letter)}. Trzeba przekazać odpowiedź w inny sposób."


def _why(letter: Letter) -> str:
    if letter.trouble is None or letter.due_at is None:
        return ""
    return f" Powód: {_TROUBLES[letter.trouble]}. Kolejna próba: {polish_moment(letter.due_at)}."


def _reason(letter: Letter) -> str:
    code = f" (kod {letter.code})" if letter.code else ""
    return f"{_TROUBLES[letter.trouble]}{code}" if letter.trouble else f"nieznany powód{code}"
