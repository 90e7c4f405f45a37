"""How teaching is spoken of: intents, signs, faults, trainings and the conditions of the gate."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from api.panel.words import TOPICS
from api.panel.words import intent_title as known_title
from bot.teaching.errors import Fault, Faulty, Refusal
from bot.teaching.missed import Sign
from bot.teaching.training import TrainingState
from content.format import decimal, plural
from content.intents import all_intents
from core.text import PLACE_TOKEN
from nlu.judging.comparison import ASKED_BACK, DECLINED
from nlu.judging.gate import Check
from nlu.judging.outcome import OUT_OF_SCOPE, expected_intent
from nlu.learning import Phase
from nlu.taught import LONGEST_TAUGHT

FOREIGN = "Poza zakresem"
SIGNS: Mapping[Sign, tuple[str, str, str]] = {
    Sign.UNANSWERED: ("bez odpowiedzi",) * 3,
    Sign.ASKED_BACK: ("dopytanie", "dopytania", "dopytań"),
    Sign.UNSURE: ("odpowiedź niepewna", "odpowiedzi niepewne", "odpowiedzi niepewnych"),
    Sign.UNHELPFUL: ("ocena „nie pomogło”", "oceny „nie pomogło”", "ocen „nie pomogło”"),
}
STATES: Mapping[TrainingState, str] = {
    TrainingState.QUEUED: "czeka w kolejce",
    TrainingState.RUNNING: "w toku",
    TrainingState.READY: "gotowe, czeka na decyzję",
    TrainingState.REFUSED: "niedopuszczone",
    TrainingState.FAILED: "nie powiodło się",
    TrainingState.INTERRUPTED: "przerwane",
    TrainingState.PROMOTED: "wdrożone",
    TrainingState.DISCARDED: "odrzucone",
    TrainingState.ROLLED_BACK: "wycofane",
}
PHASES: Mapping[Phase, tuple[str, ...]] = {
    Phase.TRAINING: ("uczenie modelu",),
    Phase.MEASURING: ("sprawdzanie nowego modelu", "sprawdzanie modelu w użyciu, dla porównania"),
}
REFUSALS: Mapping[Refusal, str] = {
    Refusal.NO_SENTENCES: "Nie wybrano żadnego zdania. Proszę zaznaczyć co najmniej jedno albo wpisać własne.",
    Refusal.UNKNOWN_INTENT: "Nie wybrano tematu. Proszę wybrać temat z listy.",
    Refusal.NOTHING_NEW: "Model w użyciu zna już wszystkie nauczone zdania. Nowe uczenie nic by nie zmieniło.",
    Refusal.TRAINING_RUNS: "Uczenie już trwa. Następne można zacząć po jego zakończeniu.",
    Refusal.ELSEWHERE: "Model językowy działa na innym serwerze, dlatego nie można go tu uczyć ani zmieniać.",
    Refusal.NOT_READY: "Ten model nie przeszedł sprawdzenia albo decyzja już zapadła. Model w użyciu zostaje.",
    Refusal.CHANGED: "W międzyczasie ktoś to zmienił. Proszę obejrzeć stan obecny i w razie potrzeby powtórzyć.",
    Refusal.GONE: "Tego już nie ma. Mogło zostać usunięte w międzyczasie.",
    Refusal.OTHER_RELEASE: "Ten model powstał w innej wersji programu. Proszę uruchomić uczenie ponownie.",
    Refusal.NO_PREVIOUS: "Nie ma poprzedniego modelu, do którego można wrócić.",
}
_CHECKS: Mapping[str, str] = {
    "score at least": "dobre odpowiedzi (dopytanie z właściwym tematem liczy się w połowie)",
    "accuracy at least": "właściwy temat na pierwszym miejscu",
    "answered wrong at most": "odpowiedzi na inny temat, niż pytano",
    "declined at most": "pytania o sprawy miasta pozostawione bez odpowiedzi",
    "foreign answered at most": "odpowiedzi na pytania poza zakresem",
    "near foreign answered at most": "odpowiedzi na pytania poza zakresem, ale podobne do tematów miasta",
    "far foreign answered at most": "odpowiedzi na pytania zupełnie poza zakresem",
    "loss without Polish letters at most": "pogorszenie przy zdaniach bez polskich liter",
    "loss by one typo at most": "pogorszenie przy zdaniach z literówką",
    "places at least": "rozpoznane ulice i dzielnice",
    "dialogues at least": "poprawne odpowiedzi w rozmowach",
    "chance that the loss is chance, at least": "prawdopodobieństwo, że różnica na gorsze to przypadek",
}
_LOSS = re.compile(r"loss of (\w+) at most")


def placed(text: str) -> str:
    """Return a taught sentence as staff read it: „…” stands for a place."""
    return text.replace(PLACE_TOKEN, "…")


def refused_words(faulty: Iterable[Faulty]) -> list[tuple[str, str]]:
    """Return sentences that cannot be taught, each with the reason."""
    return [(placed(each.text), fault_sentence(each)) for each in faulty]


def intents_by_topic() -> dict[str, list[tuple[str, str]]]:
    """Return the intents that can be taught, as pairs of name and title by topic; what is foreign stands apart."""
    shown: dict[str, list[tuple[str, str]]] = {title: [] for title in TOPICS.values()}
    for intent in all_intents().values():
        if not intent.only_pressed and intent.name != OUT_OF_SCOPE:
            shown.setdefault(TOPICS.get(intent.topic, intent.topic), []).append((intent.name, intent.title))
    return {topic: pairs for topic, pairs in shown.items() if pairs}


def intent_title(name: str) -> str:
    """Return the title of an intent as staff read it; a foreign one is "outside", an unknown one keeps its name."""
    return FOREIGN if expected_intent(name) == OUT_OF_SCOPE else known_title(name)


def signs_words(signs: Counter[Sign]) -> str:
    """Return how it is known that sentences were not understood: „3 bez odpowiedzi, 1 dopytanie”."""
    return ", ".join(f"{signs[sign]} {plural(signs[sign], *SIGNS[sign])}" for sign in Sign if signs[sign])


def fault_sentence(faulty: Faulty) -> str:
    """Return why a sentence cannot be taught."""
    title = intent_title(faulty.intent) if faulty.intent else ""
    return {
        Fault.EMPTY: "Po usunięciu danych osobowych i znaków nie zostało żadne słowo.",
        Fault.TOO_LONG: f"Zdanie jest za długie, może mieć najwyżej {LONGEST_TAUGHT} znaków. Proszę wpisać krótsze.",
        Fault.JUDGED: "To zdanie służy do sprawdzania modeli, dlatego nie można go uczyć. Proszę wpisać podobne.",
        Fault.KNOWN: f"To zdanie jest już nauczone w temacie „{title}”." if title else "To zdanie jest już nauczone.",
        Fault.ELSEWHERE: f"To zdanie należy już do tematu „{title}”. Jedno zdanie może mieć tylko jeden temat.",
    }[faulty.fault]


def said_words(said: str) -> str:
    """Return what a resident got: the title of an answer, „brak odpowiedzi”, or what was asked back."""
    if said == DECLINED:
        return "brak odpowiedzi"
    if said.startswith(ASKED_BACK):
        return "dopytanie: " + titles(said.removeprefix(ASKED_BACK).split(", "))
    return "brak odpowiedzi" if said == OUT_OF_SCOPE else f"odpowiedź: {intent_title(said)}"


def titles(intents: Iterable[str]) -> str:
    """Return the titles of intents in one line."""
    return ", ".join(intent_title(name) for name in intents)


def check_title(check: Check) -> str:
    """Return what a condition asks for."""
    if loss := _LOSS.fullmatch(check.name):
        return f"utracone poprawne odpowiedzi w temacie „{intent_title(loss[1])}”"
    return _CHECKS.get(check.name, check.name)


def limit_words(check: Check) -> str:
    """Return the limit of a condition: „najmniej 90%”."""
    least = check.name.endswith("at least")
    return f"{'najmniej' if least else 'najwyżej'} {percent(check.limit)}"


def percent(share: float | None) -> str:
    """Return a share (0 to 1) as people read it: „93,7%”."""
    return "nie zmierzono" if share is None else f"{decimal(round(share * 100, 1))}%"


def minutes_words(seconds: float) -> str:
    """Return a length of time: „2 min 16 s”."""
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"
