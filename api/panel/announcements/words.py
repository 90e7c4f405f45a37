"""How staff read of announcements: states, steps, channels, reasons."""

from collections.abc import Mapping

from notifier.announcements.calendar import Kind
from notifier.announcements.states import AnnouncementState

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
    _S.PAUSED: "Wysyłanie stoi. Można je wznowić albo anulować komunikat.",
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
KINDS: Mapping[Kind, str] = {
    "scheduled": "wyjdzie komunikat",
    "sent": "wysłano komunikat",
    "event": "wydarzenie",
    "week": "przypomnienie tydzień wcześniej",
    "day": "przypomnienie dzień wcześniej",
}
REMINDERS: Mapping[str, str] = {"week": "tydzień wcześniej", "day": "dzień wcześniej"}
REMINDER_STATES: Mapping[str, str] = {"waiting": "czeka", "sent": "wysłane", "skipped": "pominięte"}
