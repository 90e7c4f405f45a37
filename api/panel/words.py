"""Polish names of what the product names in English."""

from collections.abc import Mapping

from content.intents import all_intents
from core.staff.errors import NameFault, PasswordFault
from core.staff.passwords import LONGEST, SHORTEST
from core.staff.permissions import Permission, Role

ROLES: Mapping[Role, str] = {
    Role.EDITOR: "redaktor",
    Role.APPROVER: "zatwierdzający",
    Role.ANALYST: "analityk",
    Role.ADMINISTRATOR: "administrator",
}
ROLE_HELP: Mapping[Role, str] = {
    Role.EDITOR: "odpowiada mieszkańcom, pisze komunikaty, zmienia teksty, uczy asystenta",
    Role.APPROVER: "zatwierdza komunikaty, zmienia reguły alertów, widzi rozmowy i dziennik",
    Role.ANALYST: "czyta rozmowy bez danych osobowych i liczby, niczego nie zmienia",
    Role.ADMINISTRATOR: "nadaje dostęp, ustala okresy przechowywania danych, widzi dziennik",
}
SCOPES: Mapping[Permission, str] = {
    Permission.READ_ANNOUNCEMENTS: "czytanie komunikatów",
    Permission.WRITE_ANNOUNCEMENTS: "pisanie komunikatów i przekazywanie ich do zatwierdzenia",
}
CHANNELS: Mapping[str, str] = {"web": "strona", "telegram": "Telegram", "sms": "SMS"}
TOPICS: Mapping[str, str] = {
    "air": "Powietrze",
    "alerts": "Powiadomienia",
    "charging": "Ładowarki",
    "conversation": "Rozmowa",
    "events": "Wydarzenia i komunikaty",
    "office": "Urząd",
    "safety": "Bezpieczeństwo",
    "subsidies": "Dotacje",
    "telegram": "Telegram",
}

PASSWORD_FAULTS: Mapping[PasswordFault, str] = {
    "too_short": f"Hasło jest za krótkie. Potrzeba co najmniej {SHORTEST} znaków.",
    "too_long": f"Hasło jest za długie. Może mieć najwyżej {LONGEST} znaków.",
    "too_simple": "To hasło łatwo odgadnąć. Proszę wybrać inne, na przykład kilka niepowiązanych słów.",
    "holds_name": "Hasło zawiera nazwę konta. Proszę wybrać inne.",
    "same": "To jest obecne hasło. Proszę wybrać inne.",
    "unlike": "Oba wpisane hasła są różne. Proszę wpisać je jeszcze raz.",
}
NAME_FAULTS: Mapping[NameFault, str] = {
    "shape": "Nazwa może mieć od 2 do 40 znaków: litery, cyfry, a między nimi spacje, kropki i łączniki.",
    "reserved": "Tej nazwy używa sam program. Proszę wybrać inną.",
    "taken": "Jest już konto o takiej nazwie. Proszę wybrać inną.",
}


def intent_title(name: str) -> str:
    """Return the title of an intent; one that is no longer known keeps its name."""
    known = all_intents().get(name)
    return known.title if known else name
