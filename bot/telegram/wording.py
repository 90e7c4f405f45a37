"""What the channel itself says to residents; answers to questions stand in the city pack."""

from content.format import plural

LOCATION_KEY = "Wyślij moją lokalizację"
SHARE_WITH_KEY = (
    "Aby pokazać najbliższe miejsca, proszę nacisnąć „Wyślij moją lokalizację” pod polem wiadomości.\n"
    "Można też po prostu napisać pytanie z nazwą ulicy lub osiedla."
)
SHARE_BY_HAND = (
    "Aby pokazać najbliższe miejsca, proszę wysłać lokalizację: ikona spinacza, potem „Lokalizacja”.\n"
    "Można też po prostu napisać pytanie z nazwą ulicy lub osiedla."
)
TOO_LONG = "Ta wiadomość jest za długa (najwyżej 1000 znaków). Proszę napisać pytanie krócej."
EMPTY = "Ta wiadomość jest pusta. Proszę napisać pytanie."
UNKNOWN_COMMAND = "Nie znam tego polecenia."
EDITED = "Nie odczytuję zmian w wysłanych wiadomościach. Proszę wysłać poprawione pytanie jako nową wiadomość."
PICTURE = "Nie oglądam zdjęć, filmów ani dokumentów."
VOICE = "Nie odsłuchuję nagrań."
STICKER = "Naklejki są miłe, ale nie umiem na nie odpowiedzieć."
CONTACT = "Nie potrzebuję numeru telefonu i nie zapisuję go."
OTHER = "Nie umiem odczytać takiej wiadomości."
PLEASE_WRITE = "Proszę napisać pytanie albo wybrać temat."
FAILED = (
    "Nie udało się przygotować odpowiedzi. To błąd po naszej stronie. Proszę zadać pytanie ponownie za kilka minut.\n"
    "W razie zagrożenia życia: 112."
)
COMMANDS = {
    "start": "Początek rozmowy",
    "pomoc": "O co można zapytać",
    "alerty": "Powiadomienia o smogu",
    "stop": "Wyłączenie powiadomień",
}


def introduction(city_genitive: str, days: int) -> str:
    """Return who speaks, and the two-sentence privacy notice; `days` is how long conversations are kept."""
    kept = f"{days} {plural(days, 'dniu', 'dniach', 'dniach')}"
    return (
        f"Dzień dobry! Tu automatyczny asystent mieszkańca {city_genitive} – odpowiada program, nie człowiek.\n"
        f"Prywatność: treść rozmowy jest zapisywana bez rozpoznanych danych osobowych i usuwana najpóźniej po {kept}. "
        "Proszę nie podawać nazwiska, numeru PESEL, adresu ani informacji o zdrowiu."
    )


def privacy_link(public_url: str) -> str:
    """Return the line that leads to the whole privacy notice."""
    return f"Więcej o prywatności: {public_url.rstrip('/')}/prywatnosc"
