"""How staff read of alerts, measures and rules."""

from collections.abc import Mapping
from datetime import datetime

from content.format import decimal, plural, polish_hour, polish_moment
from content.texts import Texts
from core.clock import warsaw
from notifier.alerts.air import Measure
from notifier.alerts.models import AlertMessageRow
from notifier.alerts.rules import INDEX, AlertRules, Release, Rule
from notifier.alerts.states import MessageState

STATES: Mapping[MessageState, str] = {
    MessageState.HELD: "czeka na decyzję",
    MessageState.SENT: "wysłany",
    MessageState.REJECTED: "odrzucony",
    MessageState.LAPSED: "niewysłany, minął termin",
    MessageState.WITHDRAWN: "wycofany, sytuacja się zmieniła",
}
_POLLUTANTS = {"pm10": "PM10", "pm25": "PM2,5", "no2": "NO₂", "so2": "SO₂", "o3": "O₃", "co": "CO"}
_AVERAGING = {"1h": "średnia z godziny", "24h": "średnia z 24 godzin"}
_FAULTS = {
    "clear_too_high": "Wartość końca epizodu musi być niższa niż próg.",
    "no_index_level": "Próg indeksu to liczba całkowita od 1 do 5.",
    "id_twice": "Dwie reguły mają tę samą nazwę.",
    "unknown_level": "Ten poziom alertu nie jest opisany w pakiecie miasta.",
    "idle_level": "Żadna reguła nie wywołuje tego poziomu. Co najmniej jedna musi działać.",
    "hold_too_long": "Czas na decyzję musi być krótszy niż ważność alertu.",
    "hold_incomplete": "Proszę podać, ile minut alert czeka na decyzję (od 5 do 240).",
    "not_a_number": "Proszę wpisać liczbę, na przykład 100 albo 62,5.",
}
_OUT_OF_RANGE = {
    "clear_after": "Liczba godzin musi wynosić co najmniej 1.",
    "repeat_from_hour": "Godzina może mieć wartość od 0 do 23.",
    "lasts_hours": "Ważność może wynosić od 1 do 24 godzin.",
    "hold_minutes": "Czas na decyzję może wynosić od 5 do 240 minut.",
    "threshold": "Próg musi być większy od zera.",
    "clear": "Wartość końca epizodu nie może być ujemna.",
}


class AlertWords:
    """Sentences of the pages; the names of levels are the city's own."""

    def __init__(self, texts: Texts, rules: AlertRules) -> None:
        self._index = texts["air_quality_now"].say
        self._rules = rules

    def state(self, row: AlertMessageRow) -> str:
        """Return where a message stands."""
        return STATES[MessageState(row.state)]

    def level(self, level: int | None) -> str:
        """Return the name of an alert's level; None is the all-clear."""
        if level is None:
            return "odwołanie"
        known = self._rules.levels.get(level)
        return f"poziom {level}: {known.name}" if known else f"poziom {level}"

    def measure(self, measure: Measure) -> str:
        """Return what is measured."""
        if measure == INDEX:
            return "Indeks jakości powietrza"
        pollutant, averaging = measure
        return f"{_POLLUTANTS.get(pollutant, pollutant)}, {_AVERAGING[averaging]}"

    def value(self, measure: Measure, value: float) -> str:
        """Return a measured value with its unit, an index with its name."""
        if measure != INDEX:
            return f"{decimal(value)} µg/m³"
        return f"{int(value)} ({self._index(f'level_{int(value)}').lower()})"

    def rule(self, rule: Rule) -> str:
        """Return a rule as a sentence."""
        name = self.measure(rule.measure)
        threshold, clear = self.value(rule.measure, rule.threshold), self.value(rule.measure, rule.clear)
        reached = f"osiągnie {threshold} albo gorszy" if rule.measure == INDEX else f"przekroczy {threshold}"
        ends = f"Epizod trwa, dopóki wartość nie spadnie do {clear} lub niżej."
        return f"{name}: alert ({self.level(rule.level)}), gdy {reached}. {ends}"

    def release(self, release: Release) -> str:
        """Return how a message goes out."""
        if release.hold_minutes is None:
            return "wysyłany od razu, bez pytania"
        minutes = plural(release.hold_minutes, "minutę", "minuty", "minut")
        without = "zostanie wysłany" if release.at_deadline == "send" else "nie zostanie wysłany"
        return f"czeka na decyzję {release.hold_minutes} {minutes}; bez decyzji {without}"

    def setting(self, setting: str) -> str:
        """Return the name of a setting of the rules."""
        match setting.split("."):
            case ["rules", rule_id, part]:
                rule = self._rules.rule(rule_id)
                name = self.measure(rule.measure) if rule else rule_id
                what = {"threshold": "próg", "clear": "koniec epizodu", "level": "poziom alertu"}[part]
                return f"{name} ({rule_id}): {what}"
            case ["levels", level, _]:
                return f"Alert ({self.level(int(level))}): wysyłanie"
            case ["notices", kind, _]:
                return f"{self.notice(kind)}: wysyłanie"
        return {
            "clear_after": "Ile spokojnych godzin kończy epizod",
            "repeat_from_hour": "Od której godziny alert jest powtarzany następnego dnia",
            "lasts_hours": "Ile godzin alert jest ważny",
        }[setting]

    def changed(self, setting: str, value: str | None) -> str:
        """Return the value of a setting as it is told beside another one."""
        if value is None:
            return "reguła wyłączona"
        if not setting.endswith(".release"):
            return value.replace(".", ",")
        mode, _, rest = value.partition(" ")
        if mode == "automatic":
            return self.release(Release(mode="automatic"))
        minutes, _, then = rest.partition(" ")
        return self.release(
            Release(mode="held", hold_minutes=int(minutes), at_deadline="send" if then == "send" else "lapse")
        )

    def notice(self, kind: str) -> str:
        """Return the name of a kind of official notice."""
        names = {
            "alert": "Powiadomienie GIOŚ o poziomie alarmowym",
            "information": "Powiadomienie GIOŚ o progu informowania",
        }
        return names.get(kind, f"Powiadomienie GIOŚ: {kind}")

    def episode(self, kind: str) -> str:
        """Return the name of an episode by its kind."""
        return "Zanieczyszczenie powietrza" if kind == "air" else "Powiadomienie GIOŚ"


def remaining(deadline: datetime, now: datetime) -> str:
    """Return how much time is left for a decision."""
    if deadline <= now:
        return "termin minął, decyzja zapada automatycznie w ciągu kilku minut"
    minutes = max(1, int((deadline - now).total_seconds() // 60))
    verb = plural(minutes, "została", "zostały", "zostało")
    return f"{verb} {minutes} {plural(minutes, 'minuta', 'minuty', 'minut')}"


def until(deadline: datetime, now: datetime) -> str:
    """Return a moment as its hour, with the day where that is another one."""
    return polish_hour(deadline) if warsaw(deadline).date() == warsaw(now).date() else polish_moment(deadline)


def fault_words(kind: str, setting: str) -> str:
    """Return what is wrong with a setting."""
    part = setting.rsplit(".", 1)[-1]
    return _FAULTS.get(kind) or _OUT_OF_RANGE.get(part) or "Ta wartość nie jest dozwolona."
