"""What is refused about announcements, as a sentence in Polish with its HTTP status."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from api.problems import Problem
from notifier.announcements.errors import (
    AnnouncementError,
    ContentChangedError,
    ContentRefusedError,
    Contradiction,
    KeyReusedError,
    MoveRefusedError,
    Part,
    PartRefusedError,
    RoleRefusedError,
    TooManyPartsError,
    UnknownAnnouncementError,
)
from notifier.announcements.states import AnnouncementState

_PARTS: Mapping[Part, str] = {
    "title": "Tytuł",
    "text": "Treść",
    "sms": "Treść SMS",
    "telegram": "Treść do Telegrama",
    "web": "Treść na stronę",
    "name": "Nazwisko",
    "reason": "Powód",
    "place": "Miejsce wydarzenia",
    "registration": "Adres zapisów",
    "key": "Nagłówek Idempotency-Key",
}
_CONTENT: Mapping[Contradiction, str] = {
    "braces": "Nawias klamrowy można wstawić tylko w nazwie pola, na przykład {{day}}.",
    "placeholder": "Pole {{{what}}} nie jest znane albo wydarzenie go nie ma. Dozwolone: day, hour, place, link.",
    "district": "Nie ma dzielnicy „{what}”.",
    "channel": "Nie ma kanału „{what}”. Dozwolone: sms, telegram, web.",
    "event_ends_before_start": "Wydarzenie kończy się przed rozpoczęciem. Proszę poprawić godziny.",
    "event_is_past": "Wydarzenie już się zaczęło. Proszę poprawić datę.",
    "expired": "Termin, do którego komunikat jest aktualny, już minął. Proszę podać późniejszy.",
    "registration": "Adres zapisów musi być pełnym adresem strony, na przykład https://miasto.pl/zapisy.",
    "unknown_original": "Nie ma komunikatu o numerze {what}, którego dotyczy ten komunikat.",
    "original_not_published": "Komunikat {what} nie został wysłany, więc nie trzeba go prostować ani odwoływać.",
    "corrected_already": "To samo prostuje albo odwołuje już komunikat {what}. Można go zmienić albo sprostować.",
    "schedule_past": "Ta pora wysłania już minęła. Proszę podać późniejszą.",
    "schedule_too_late": "O tej porze komunikat będzie już nieaktualny. Proszę podać wcześniejszą.",
}
_STATES: Mapping[AnnouncementState, str] = {
    AnnouncementState.DRAFT: "Ten komunikat jest szkicem. Najpierw trzeba go przekazać do zatwierdzenia.",
    AnnouncementState.IN_REVIEW: "Ten komunikat czeka na zatwierdzenie przez osobę, która go nie pisała.",
    AnnouncementState.RETURNED: "Ten komunikat wrócił do poprawy. Po zmianach trzeba go przekazać ponownie.",
    AnnouncementState.APPROVED: "Ten komunikat jest zatwierdzony. Można go wysłać albo zaplanować.",
    AnnouncementState.SCHEDULED: "Ten komunikat jest zaplanowany i wyjdzie o wyznaczonej porze.",
    AnnouncementState.SENDING: "Ten komunikat jest właśnie wysyłany.",
    AnnouncementState.PAUSED: "Wysyłanie tego komunikatu jest wstrzymane.",
    AnnouncementState.SENT: "Ten komunikat jest już wysłany. Można napisać sprostowanie albo odwołanie.",
    AnnouncementState.CANCELLED: "Ten komunikat został anulowany.",
    AnnouncementState.EXPIRED: "Minął termin, do którego komunikat był aktualny.",
}

_UNKNOWN = "Nie ma komunikatu o tym numerze."
_PLAIN: Mapping[type[AnnouncementError], tuple[int, str]] = {
    UnknownAnnouncementError: (404, _UNKNOWN),
    RoleRefusedError: (403, "Tego nie można zrobić kluczem API."),
    KeyReusedError: (422, "Ten nagłówek Idempotency-Key należy do innego komunikatu. Proszę użyć nowego."),
    ContentChangedError: (409, "Treść komunikatu zmieniła się po zatwierdzeniu. Trzeba go zatwierdzić ponownie."),
}
_OTHER = 409, "Tego nie można teraz zrobić z tym komunikatem."


def problem(error: AnnouncementError) -> Problem:
    """Return the problem document of a refusal."""
    match error:
        case PartRefusedError(part=part, is_empty=True):
            return Problem(422, f"{_PARTS[part]}: brak tekstu. Proszę go podać.")
        case PartRefusedError(part=part, limit=limit):
            return Problem(422, f"{_PARTS[part]}: za długi tekst (najwyżej {limit} znaków). Proszę go skrócić.")
        case ContentRefusedError(problem=found, what=what):
            return Problem(422, _CONTENT[found].format(what=what))
        case TooManyPartsError(parts=parts, limit=limit):
            detail = f"Liczba części SMS: {parts}, a dozwolonych jest najwyżej {limit}. Proszę podać krótszą treść SMS."
            return Problem(422, detail)
        case MoveRefusedError(state=state):
            return Problem(409, _STATES[state])
        case _:
            return Problem(*_PLAIN.get(type(error), _OTHER))


@contextmanager
def refusals_in_polish() -> Iterator[None]:
    """Turn what announcements refuse into a problem document."""
    try:
        yield
    except AnnouncementError as error:
        raise problem(error) from error


def number_of(announcement_id: str) -> int:
    """Return the number that an address names.

    Raises:
        Problem: 404, no announcement can have it.
    """
    # The database's largest number has 19 digits.
    if not (announcement_id.isascii() and announcement_id.isdigit() and len(announcement_id) < 19):
        raise Problem(404, _UNKNOWN)
    return int(announcement_id)
