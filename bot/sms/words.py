"""Words to text back: what a button is on a screen, one word is in an SMS."""

from collections.abc import Iterable, Mapping

from bot.flows.commands import command
from content.answer import SHARE_LOCATION, Button
from content.intents import all_intents
from core.sms_text import to_gsm
from core.text import fold

_OF_INTENT: Mapping[str, str] = {
    "air_quality_now": "POWIETRZE",
    "air_quality_forecast": "PROGNOZA",
    "air_quality_history": "HISTORIA",
    "air_health_advice": "ZALECENIA",
    "air_explain": "INDEKS",
    "air_report_burning": "PALENIE",
    "heating_rules": "PRZEPISY",
    "subsidy_overview": "DOTACJA",
    "subsidy_amount": "KWOTA",
    "subsidy_eligibility": "WARUNKI",
    "subsidy_apply": "WNIOSEK",
    "subsidy_deadline": "TERMIN",
    "subsidy_status": "STATUS",
    "subsidy_heat_source": "OGRZEWANIE",
    "ceeb_declaration": "CEEB",
    "solar_energy": "FOTOWOLTAIKA",
    "subsidy_check": "SPRAWDZ",
    "charger_find": "LADOWARKA",
    "charger_availability": "WOLNA",
    "charger_price": "CENA",
    "charger_howto": "INSTRUKCJA",
    "charger_report_fault": "USTERKA",
    "ev_benefits": "ULGI",
    "event_list": "WYDARZENIA",
    "event_register": "ZAPISY",
    "cluster_info": "KLASTER",
    "announcement_latest": "KOMUNIKATY",
    "alerts_subscribe": "START",
    "alerts_unsubscribe": "STOP",
    "alerts_manage": "USTAWIENIA",
    "emergency": "ZAGROZENIE",
    "office_contact": "URZAD",
    "human_handoff": "PRACOWNIK",
    "privacy_data": "DANE",
    "feedback": "OPINIA",
    "help": "POMOC",
    "bot_challenge": "BOT",
    "out_of_scope": "INNE",
}
_INTENT_OF = {word.casefold(): intent for intent, word in _OF_INTENT.items()}


def choices_of(buttons: Iterable[Button]) -> dict[str, str]:
    """Return word → payload of the buttons; a position cannot be shared by SMS."""
    return {_word(button): button.payload for button in buttons if button.payload != SHARE_LOCATION}


def pressed(text: str, choices: Mapping[str, str]) -> str | None:
    """Return the payload of a message that is one word to text back; `choices` are those of the answer before."""
    said = fold(text).strip(" .,!?\"'")
    offered = {fold(word): payload for word, payload in choices.items()}
    if option := command(text, ()):
        # START takes up what the answer before offered, such as invitations; STOP always means STOP.
        return offered.get(said, option) if option == "alerts_subscribe" else option
    return offered.get(said) or _INTENT_OF.get(said)


def _word(button: Button) -> str:
    """Return the intent's word, or the button's own title where that says more, e.g. the name of a programme."""
    intent = button.payload.partition("?")[0]
    listed = all_intents().get(intent)
    if intent in _OF_INTENT and ("?" not in button.payload or (listed and listed.title == button.title)):
        return _OF_INTENT[intent]
    return to_gsm(button.title.upper())
