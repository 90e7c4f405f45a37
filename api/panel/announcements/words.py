"""How staff read of announcements: states, steps, channels, reasons."""

from collections.abc import Mapping

from api.panel.announcements.moments import Fault
from notifier.announcements.calendar import Kind
from notifier.announcements.states import AnnouncementState
from notifier.audience.filters import Exclusion

_S = AnnouncementState

CHANNELS: Mapping[str, str] = {"sms": "SMS", "telegram": "Telegram", "web": "Strona miasta", "email": "E-mail"}
STATES: Mapping[AnnouncementState, str] = {
    _S.DRAFT: "szkic",
    _S.IN_REVIEW: "czeka na zatwierdzenie",
    _S.RETURNED: "zwrócony do poprawy",
    _S.APPROVED: "zatwierdzony",
    _S.SCHEDULED: "zaplanowany",
    _S.SENDING: "w trakcie wysyłania",
    _S.PAUSED: "wysyłanie wstrzymane",
    _S.SENT: "wysłany",
    _S.CANCELLED: "anulowany",
    _S.EXPIRED: "nieaktualny",
}
NEXT: Mapping[AnnouncementState, str] = {
    _S.DRAFT: "Nikt jeszcze tego nie widzi. Gdy treść jest gotowa, trzeba ją przekazać do zatwierdzenia.",
    _S.IN_REVIEW: "Treść musi przeczytać i zatwierdzić osoba, która jej nie pisała.",
    _S.RETURNED: "Treść wymaga poprawy. Po zmianach trzeba ją przekazać do zatwierdzenia jeszcze raz.",
    _S.APPROVED: "Treść jest zatwierdzona. Można ją wysłać od razu albo zaplanować wysłanie.",
    _S.SCHEDULED: "Komunikat wyjdzie sam o wyznaczonej porze.",
    _S.SENDING: "Komunikat jest wysyłany i widać go na stronie miasta.",
    _S.PAUSED: "Wysyłanie stoi. Można je wznowić albo zakończyć.",
    _S.SENT: "Wszystkie wiadomości wyszły. Błąd można sprostować, a nieaktualną informację odwołać.",
    _S.CANCELLED: "Komunikat został zatrzymany na stałe. Kto już go dostał, ten go ma.",
    _S.EXPIRED: "Minął termin, do którego komunikat był aktualny.",
}
ACTIONS: Mapping[str, str] = {
    "draft": "napisanie",
    "edit": "zmiana treści",
    "submit": "przekazanie do zatwierdzenia",
    "return": "zwrot do poprawy",
    "approve": "zatwierdzenie",
    "schedule": "zaplanowanie",
    "publish": "rozpoczęcie wysyłania",
    "pause": "wstrzymanie",
    "resume": "wznowienie",
    "cancel": "anulowanie",
    "finish": "koniec wysyłania",
    "expire": "upływ terminu",
    "repeat": "ponowienie nieudanych",
}
EXCLUSIONS: Mapping[Exclusion, str] = {
    Exclusion.STOPPED: "zrezygnowali z powiadomień",
    Exclusion.GONE: "ich numer lub konto nie działa",
    Exclusion.PAUSED: "mają przerwę w powiadomieniach",
    Exclusion.NO_CONSENT: "nie zamówili tego tematu",
    Exclusion.OTHER_DISTRICT: "wybrali tylko inne dzielnice",
    Exclusion.HIGHER_THRESHOLD: "chcą ostrzeżeń tylko przy gorszym powietrzu",
    Exclusion.OTHER_LANGUAGE: "czytają w innym języku",
    Exclusion.NOT_FOLLOWED: "nie dostali pierwszego komunikatu",
    Exclusion.ALREADY_TOLD: "dostali już poprzedni komunikat",
}
KINDS: Mapping[Kind, str] = {
    "scheduled": "wyjdzie komunikat",
    "sent": "wysłano komunikat",
    "event": "wydarzenie",
    "week": "przypomnienie tydzień wcześniej",
    "day": "przypomnienie dzień wcześniej",
}
REMINDERS: Mapping[str, str] = {"week": "tydzień wcześniej", "day": "dzień wcześniej"}
REMINDER_STATES: Mapping[str, str] = {"waiting": "czeka", "sent": "wysłane", "skipped": "pominięte"}
MOMENTS: Mapping[Fault, str] = {
    "shape": "Nie ma takiej daty i godziny. Proszę podać na przykład 30.11.2026, 18:00.",
    "gap": "Tej godziny nie ma: tej nocy zegary przestawia się z 2:00 na 3:00. Proszę wybrać inną.",
    "twice": "Ta godzina jest tej nocy dwa razy, bo zegary przestawia się z 3:00 na 2:00. Proszę wybrać inną.",
}
