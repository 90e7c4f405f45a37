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
    "braces": "Nawias klamrowy można wstawić tylko w nazwie pola, np. {{day}}.",
    "placeholder": "Pole {{{what}}} nie jest znane albo wydarzenie go nie ma. Dozwolone: day, hour, place, link.",
    "district": "Nie ma dzielnicy „{what}”.",
    "channel": "Nie ma kanału „{what}”. Dozwolone: sms, telegram, web.",
    "event_ends_before_start": "Wydarzenie kończy się przed rozpoczęciem. Proszę poprawić godziny.",
    "event_is_past": "Wydarzenie już się zaczęło. Proszę poprawić datę.",
    "expired": "Termin ważności ogłoszenia minął. Proszę podać późniejszy.",
    "registration": "Adres zapisów musi być pełnym adresem strony, np. https://….",
    "unknown_original": "Nie ma ogłoszenia o numerze {what}, do którego odnosi się to ogłoszenie.",
    "original_not_published": "Ogłoszenie {what} nie zostało opublikowane, więc nie trzeba go prostować ani odwoływać.",
    "schedule_past": "Podany termin wysłania już minął.",
    "schedule_too_late": "Podany termin wysłania jest późniejszy niż termin ważności ogłoszenia.",
}
_STATES: Mapping[AnnouncementState, str] = {
    AnnouncementState.DRAFT: "To ogłoszenie jest szkicem. Najpierw trzeba je przekazać do zatwierdzenia.",
    AnnouncementState.IN_REVIEW: "To ogłoszenie czeka na zatwierdzenie przez osobę, która go nie pisała.",
    AnnouncementState.RETURNED: "To ogłoszenie wróciło do poprawy. Po zmianach trzeba je przekazać ponownie.",
    AnnouncementState.APPROVED: "To ogłoszenie jest zatwierdzone. Można je opublikować albo zaplanować.",
    AnnouncementState.SCHEDULED: "To ogłoszenie jest zaplanowane i wyjdzie o swojej porze.",
    AnnouncementState.SENDING: "To ogłoszenie jest właśnie wysyłane.",
    AnnouncementState.PAUSED: "Wysyłanie tego ogłoszenia jest wstrzymane.",
    AnnouncementState.SENT: "To ogłoszenie jest już wysłane. Można napisać sprostowanie albo odwołanie.",
    AnnouncementState.CANCELLED: "To ogłoszenie zostało anulowane.",
    AnnouncementState.EXPIRED: "Termin ważności tego ogłoszenia minął.",
}

_UNKNOWN = "Nie ma ogłoszenia o tym numerze."
_PLAIN: Mapping[type[AnnouncementError], tuple[int, str]] = {
    UnknownAnnouncementError: (404, _UNKNOWN),
    RoleRefusedError: (403, "Tego nie można zrobić kluczem API."),
    KeyReusedError: (422, "Ten nagłówek Idempotency-Key należy do innego ogłoszenia. Proszę użyć nowego."),
    ContentChangedError: (409, "Treść ogłoszenia zmieniła się po zatwierdzeniu. Trzeba je zatwierdzić ponownie."),
}
_OTHER = 409, "Tego nie można teraz zrobić z tym ogłoszeniem."


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
