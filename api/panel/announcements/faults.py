"""What is refused about announcements and samples: in a sentence, with the field beside which it stands."""

from collections.abc import Mapping

from api.panel.announcements.words import STATES
from core.errors import HubError
from notifier.announcements.errors import (
    AnnouncementError,
    ApproverRefusedError,
    ContentChangedError,
    ContentRefusedError,
    Contradiction,
    MoveRefusedError,
    Part,
    PartRefusedError,
    TemplateExistsError,
    TooManyPartsError,
)
from notifier.samples.errors import ContactRefusedError, SampleError, TooManySamplesError

# Parts whose field has another name; a person's name and a key have none.
_PART_FIELDS: Mapping[Part, str] = {"text": "body", "template": "name", "name": "", "key": ""}
_EMPTY: Mapping[Part, str] = {
    "title": "Proszę wpisać tytuł.",
    "text": "Proszę wpisać treść.",
    "reason": "Proszę napisać powód.",
    "place": "Proszę podać miejsce wydarzenia.",
    "template": "Proszę podać nazwę szablonu.",
}
_CONTENT: Mapping[Contradiction, tuple[str, str]] = {
    "braces": ("body", "Nawias klamrowy służy tylko do pól, na przykład {{day}}. Proszę go usunąć albo zamknąć."),
    "placeholder": ("body", "Nie ma pola {{{what}}}. Dla wydarzenia są pola {{day}}, {{hour}}, {{place}} i {{link}}."),
    "district": ("district", "Nie ma dzielnicy „{what}”."),
    "channel": ("channel", "Nie ma kanału „{what}”."),
    "event_ends_before_start": ("event_ends", "Wydarzenie kończy się przed początkiem. Proszę poprawić godziny."),
    "event_is_past": ("event_starts", "Ten termin już minął. Proszę podać późniejszy."),
    "expired": ("expires", "Ten termin już minął. Proszę podać późniejszy."),
    "registration": ("registration", "Proszę podać pełny adres strony, na przykład https://miasto.pl/zapisy."),
    "unknown_original": ("body", "Nie ma komunikatu o numerze {what}."),
    "original_not_published": ("body", "Komunikat {what} nie został wysłany, więc można go po prostu zmienić."),
    "corrected_already": (
        "",
        (
            "To samo prostuje albo odwołuje już komunikat {what}. Jeśli jeszcze czeka, można go zmienić albo anulować; "
            "jeśli wyszedł, można go sprostować."
        ),
    ),
    "schedule_past": ("at", "Ta pora już minęła. Proszę podać późniejszą."),
    "schedule_too_late": ("at", "O tej porze komunikat będzie już nieaktualny. Proszę podać wcześniejszą."),
}
CHANGED = (
    "W międzyczasie ktoś zmienił ten komunikat. Zmiany z tego formularza nie są zapisane, ale nadal są poniżej. "
    "Obecna treść jest na stronie komunikatu."
)


def fault(error: HubError) -> tuple[str, str]:
    """Return the field to which a refusal belongs, empty for none, and what is to be done about it."""
    match error:
        case PartRefusedError(part=part, is_empty=True):
            return _PART_FIELDS.get(part, part), _EMPTY.get(part, "Proszę wpisać treść albo usunąć zaznaczenie.")
        case PartRefusedError(part=part, limit=limit):
            return _PART_FIELDS.get(part, part), f"Tekst jest za długi: może mieć najwyżej {limit} znaków."
        case ContentRefusedError(problem=found, what=what):
            field, sentence = _CONTENT[found]
            return field, sentence.format(what=what)
        case _:
            return "", _whole(error)


def _whole(error: HubError) -> str:
    match error:
        case TooManyPartsError(parts=parts, limit=limit):
            return f"SMS miałby {parts} części, a może mieć najwyżej {limit}. Proszę skrócić treść SMS."
        case MoveRefusedError(state=state):
            return f"Tego nie można już zrobić: komunikat jest teraz w stanie „{STATES[state]}”."
        case ApproverRefusedError():
            return "Nie można zatwierdzić komunikatu, przy którym się pracowało. Musi to zrobić inna osoba."
        case ContentChangedError():
            return "Treść zmieniła się, odkąd została przeczytana. Proszę przeczytać ją jeszcze raz."
        case TemplateExistsError():
            return "Jest już szablon o tej nazwie. Proszę wybrać inną."
        case _:
            return _sample(error)


def _sample(error: HubError) -> str:
    match error:
        case ContactRefusedError(channel="sms"):
            return "Proszę podać polski numer telefonu komórkowego, na przykład 512 345 678."
        case ContactRefusedError(channel="telegram"):
            return "Proszę podać numer rozmowy w Telegramie: same cyfry."
        case ContactRefusedError():
            return "Proszę podać adres e-mail, na przykład anna@miasto.pl."
        case TooManySamplesError():
            return "W ciągu godziny można wysłać 10 próbek. Proszę spróbować później."
        case SampleError():
            return "Próbka nie wyszła: dostawca jej nie przyjął albo skończył się dzienny limit SMS."
        case AnnouncementError():
            return "Tego nie można teraz zrobić z tym komunikatem."
        case _:
            raise error
