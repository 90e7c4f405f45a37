"""Answers about charging electric cars: from the register, with live states and prices only while they hold."""

from collections.abc import Callable
from dataclasses import replace

from babel.numbers import format_decimal

from content.answer import Answer, Button, Fact
from content.format import polish_date
from content.geo import distance_m
from content.places import PlaceResolver
from content.question import Answerer, Question, to_payload
from content.texts import Texts, Wording
from content.topics.charging.describe import Describer, named_place
from content.topics.charging.find import MOST_SHOWN, NEAREST_SHOWN, Finding
from content.topics.charging.known import Chargers, Known
from content.topics.charging.register import Charger
from content.topics.charging.wanted import WISHES, Wanted
from core.clock import warsaw

# What may as well be asked of the whole city; a fault is one charger's.
_OF_THE_CITY = frozenset({"charger_find", "charger_availability", "charger_price"})
# „Gdzie teraz naładuję auto” asks about no hour.
_ANY_HOUR = frozenset({"teraz", "dzisiaj"})


def answers(chargers: Chargers, places: PlaceResolver, texts: Texts) -> dict[str, Answerer]:
    """Return the answers of the topic by intent; benefits of electric cars have their own."""

    def answering(answer: Callable[[ChargingAnswer], Answer]) -> Answerer:
        async def answer_from_now(question: Question) -> Answer:
            asked = ChargingAnswer(await chargers.current(), places, texts, question)
            return asked.widened(answer(asked))

        return answer_from_now

    return {
        "charger_find": answering(ChargingAnswer.find),
        "charger_availability": answering(ChargingAnswer.availability),
        "charger_price": answering(ChargingAnswer.price),
        "charger_howto": answering(ChargingAnswer.howto),
        "charger_report_fault": answering(ChargingAnswer.report_fault),
    }


class ChargingAnswer:
    """What is said to one question about chargers, from what is known at that moment."""

    def __init__(self, known: Known, places: PlaceResolver, texts: Texts, question: Question) -> None:
        self._known = known
        self._register = known.register
        self._places = places
        self._texts = texts
        self._describe = Describer(known, texts)
        self._question = question
        self._wanted = Wanted.of(question)
        named = named_place(question)
        self._place = places.place(named.id) if named else None
        self._there = self._register.at(named.id) if named else ()
        self._is_named = bool(self._wanted.operator or self._there)
        self._asked = self._asked_for()

    def find(self) -> Answer:
        """Show where a car can be charged; an asked hour is said not to be known where the register has none."""
        found = Finding(self._known, self._places, self._texts, self._wanted).answer(self._question)
        period = self._question.entity("period")
        are_known = any(charger.all_day is not None for charger in self._register.chargers)
        if period is None or period.id in _ANY_HOUR or are_known:
            return found
        hours = self._texts["charger_find"].say("hours")
        return replace(found, text=f"{hours}\n{found.text}", unmet=found.unmet | {"period"})

    def availability(self) -> Answer:
        """Say which of the asked chargers have a free point; without live states say so, and where they stand."""
        if not self._asked:
            return self.find()
        states = self._known.states(self._asked)
        if not states:
            answer = self._ask_operator("charger_availability", self._asked if self._is_named else ())
            return self._shown(answer, self._asked[:NEAREST_SHOWN]) if self._is_narrow() else answer
        wording = self._texts["charger_availability"]
        without = len(self._asked) - len(states)
        lines = [
            wording.say("live", free=sum(state.free > 0 for _, state in states), count=len(states)),
            *([wording.say("without", count=without)] if without else []),
            wording.say("caveat"),
        ]
        # The order within both groups stays: the nearest, else the strongest first.
        free_first = tuple(charger for charger, state in sorted(states, key=lambda pair: pair[1].free == 0))
        return self._shown(replace(wording.answer(), text="\n".join(lines)), free_first[:MOST_SHOWN])

    def price(self) -> Answer:
        """Give the prices that operators registered, each with its date; without any say so, and whom to ask."""
        if not self._asked:
            return self.find()
        wording = self._texts["charger_price"]
        facts = tuple(self._prices(wording))
        if not facts:
            return self._ask_operator("charger_price", self._asked if self._is_narrow() else ())
        text = f"{wording.say('known')}\n{wording.say('check')}"
        return replace(wording.answer(), text=text, facts=facts[:MOST_SHOWN], sources=(self._register.source,))

    def report_fault(self) -> Answer:
        """Give the operator's number as registered; without a known operator the numbers of all."""
        named = self._asked if self._is_named else ()
        answer = self._ask_operator("charger_report_fault", named)
        operators = self._register.operators_of(named) or self._register.operators_of(self._register.chargers)
        return replace(answer, facts=self._describe.contacts(operators), sources=(self._register.source,))

    def howto(self) -> Answer:
        """Say how to charge: what a named plug is, and how named chargers are started and paid for, else the steps."""
        wording = self._texts["charger_howto"]
        plug, ways, answer = self._plug(wording), self._ways(wording), wording.answer()
        last = [] if plug or ways else [self._registered(wording)]
        lines = [*plug, *(ways or [answer.text]), wording.say("check"), *last]
        return replace(answer, text="\n".join(lines), sources=(self._register.source,))

    def widened(self, answer: Answer) -> Answer:
        """Add to an answer that a named place has narrowed the same question about the whole city."""
        is_narrowed = self._there or (self._place and self._place.position)
        if self._question.intent not in _OF_THE_CITY or self._question.position or not is_narrowed:
            return answer
        wishes = {entity.name: entity.id for entity in self._question.entities if entity.name in WISHES}
        everywhere = Button(self._texts["charger_find"].say("everywhere"), to_payload(self._question.intent, **wishes))
        return replace(answer, buttons=(*answer.buttons, everywhere))

    def _asked_for(self) -> tuple[Charger, ...]:
        """Return the chargers that the question is about: near, at a place, of an operator, with a plug; else all."""
        if self._there:
            return self._wanted.among(self._there)
        fitting = self._wanted.among(self._register.chargers)
        origin = self._question.position or (self._place.position if self._place else None)
        if origin is None:
            return fitting
        return tuple(sorted(fitting, key=lambda charger: distance_m(origin, charger.position))[:NEAREST_SHOWN])

    def _is_narrow(self) -> bool:
        """Whether the question is about some of the chargers only."""
        return len(self._asked) < len(self._register.chargers)

    def _shown(self, answer: Answer, chargers: tuple[Charger, ...]) -> Answer:
        """Return an answer with chargers below it, each with its distance when the resident shared a position."""
        origin = self._question.position
        spots = (
            self._describe.spot(charger, distance_m(origin, charger.position) if origin else None)
            for charger in chargers
        )
        return replace(answer, places=tuple(spots), sources=(self._register.source,))

    def _prices(self, wording: Wording) -> list[Fact]:
        return [
            Fact(
                self._describe.name(charger),
                wording.say(f"price_{price.unit}", amount=format_decimal(price.amount, "0.00", locale="pl")),
                wording.say("as_of", day=polish_date(warsaw(price.at).date())),
            )
            for charger in self._asked
            for price in self._known.prices(charger)
        ]

    def _ask_operator(self, intent: str, chargers: tuple[Charger, ...]) -> Answer:
        """Return the intent's text with the registered operators of chargers."""
        wording, operators = self._texts[intent], self._register.operators_of(chargers)
        answer = wording.answer()
        if not operators:
            return answer
        names = ", ".join(operator.name for operator in operators)
        lines = (answer.text, wording.say("operator", operators=names))
        return replace(
            answer,
            # Whoever reports a fault needs the operator first, whoever asks for a price or a state that there is none.
            text="\n".join(reversed(lines) if intent == "charger_report_fault" else lines),
            facts=self._describe.contacts(operators, pages=intent == "charger_price"),
            sources=(self._register.source,),
        )

    def _plug(self, wording: Wording) -> list[str]:
        connector = self._wanted.connector
        if connector is None:
            return []
        fitting = Wanted(connector=connector).among(self._register.chargers)
        return [wording.say(f"connector_{connector}"), wording.say("connector_count", count=len(fitting))]

    def _ways(self, wording: Wording) -> list[str]:
        """Return how the chargers of a named company, or at a named place that has some, are started and paid for."""
        if not self._is_named:
            return []
        return [
            wording.say(
                "charger",
                charger=self._describe.name(charger),
                start=_ways_of(wording, "start", charger.authentication),
                payment=_ways_of(wording, "pay", charger.payment),
            )
            for charger in self._asked[:MOST_SHOWN]
            if charger.address
        ]

    def _registered(self, wording: Wording) -> str:
        chargers = self._register.chargers
        return wording.say(
            "registered",
            as_of=polish_date(self._register.as_of),
            count=len(chargers),
            app=sum(charger.takes_app for charger in chargers),
            rfid=sum(charger.takes_rfid for charger in chargers),
            card=sum(charger.takes_cards for charger in chargers),
        )


def _ways_of(wording: Wording, kind: str, codes: frozenset[int]) -> str:
    """Return the ways in words, each once; a code without words is left out."""
    words = dict.fromkeys(wording.more[key] for code in sorted(codes) if (key := f"{kind}_{code}") in wording.more)
    return ", ".join(words) or wording.say("not_registered")
