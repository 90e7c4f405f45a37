"""How a charger is shown: its name, plugs and live state, and what is asked of chargers, in words."""

from collections.abc import Iterable
from datetime import datetime

from content.answer import Fact, Spot
from content.format import decimal, plural, polish_date, polish_hour, polish_moment
from content.question import Entity, Question
from content.texts import Texts
from content.topics.charging.known import Known
from content.topics.charging.register import Charger, Operator
from content.topics.charging.wanted import Wanted
from core.clock import warsaw


class Describer:
    """Puts what is known of chargers into the words of the city pack."""

    def __init__(self, known: Known, texts: Texts) -> None:
        self._known = known
        self._say = texts["charger_find"].say
        self._fault = texts["charger_report_fault"].say

    def spot(self, charger: Charger, distance: int | None = None) -> Spot:
        """Return a charger as an entry of a list; distance in metres."""
        details = (*(charger.plugs() or (self._say("unknown_plugs"),)), *self._hours(charger), *self._state(charger))
        return Spot(self.operator(charger), charger.address, details, charger.position, distance)

    def operator(self, charger: Charger) -> str:
        """Return the operator's name, or words for one that is not confirmed."""
        operator = self._known.register.operator_of(charger)
        return operator.name if operator else self._say("unknown_operator")

    def name(self, charger: Charger) -> str:
        """Return „Lidl, ul. Chojnowska 109a” with post code and town."""
        return ", ".join(filter(None, (self.operator(charger), charger.address)))

    def wish(self, wanted: Wanted) -> str:
        """Return what is wanted: „złącze CCS, moc co najmniej 50 kW”."""
        operator = self._known.register.operators.get(wanted.operator or "")
        parts = [
            *([self._say("wish_connector", connector=wanted.connector.label)] if wanted.connector else []),
            *([self._say("wish_power_least", power=wanted.least_kw)] if wanted.least_kw else []),
            *([self._say("wish_power_most", power=wanted.most_kw)] if wanted.most_kw else []),
            *([self._say("wish_operator", operator=operator.name)] if operator else []),
        ]
        return ", ".join(parts)

    def contacts(self, operators: Iterable[Operator], *, pages: bool = False) -> tuple[Fact, ...]:
        """Return the registered numbers of operators, with `pages` their pages too; who has none is left out."""
        note = self._fault("phone_note", as_of=polish_date(self._known.register.as_of))
        found = ((operator.name, self._contact(operator, pages=pages)) for operator in operators)
        return tuple(Fact(name, contact, note) for name, contact in found if contact)

    def moment(self, at: datetime) -> str:
        """Return the hour, with the date when it was not today in Poland."""
        same_day = warsaw(at).date() == warsaw(self._known.now).date()
        return polish_hour(at) if same_day else polish_moment(at)

    def _contact(self, operator: Operator, *, pages: bool) -> str:
        page = (
            (operator.website if pages and operator.website else "")
            .removeprefix("https://")
            .removeprefix("http://")
            .removesuffix("/")
        )
        phone = self._fault("phone", phone=operator.phone) if operator.phone else ""
        return ", ".join(filter(None, (phone, page)))

    def _hours(self, charger: Charger) -> tuple[str, ...]:
        if charger.all_day is None:
            return ()
        return (self._say("all_day" if charger.all_day else "not_all_day"),)

    def _state(self, charger: Charger) -> tuple[str, ...]:
        state = self._known.state(charger)
        if state is None:
            return ()
        moment = self.moment(state.at)
        if state.out_of_order == state.known:
            return (self._say("state_broken", moment=moment),)
        return (self._say("state", free=state.free, known=state.known, moment=moment),)


def named_place(question: Question) -> Entity | None:
    """Return the place that a question names."""
    return question.entity("street") or question.entity("district")


def count(number: int) -> str:
    """Return „1 ładowarka”, „2 ładowarki”, „5 ładowarek”."""
    return f"{number} {plural(number, 'ładowarka', 'ładowarki', 'ładowarek')}"


def distance(metres: int) -> str:
    """Return „850 m” or „1,2 km”."""
    return f"{round(metres, -1)} m" if metres < 995 else f"{decimal(metres / 1000)} km"
