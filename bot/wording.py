"""Questions the assistant asks back; the sentences themselves stand in the city pack."""

from collections.abc import Iterable
from dataclasses import replace

from bot.meaning.ladder import INFORM, OUT_OF_SCOPE, Step
from bot.meaning.languages import Foreign, Language
from bot.meaning.unusual import Remark
from bot.relevance import ASKS
from content.answer import Answer, Button
from content.intents import all_intents
from content.question import Entity, Question, to_payload
from content.texts import Texts, intent_button

_ABOUT_A_PLACE = ("air_quality_now", "charger_find")
# What a bare word may be about, by the kind of entity it is.
_ABOUT = {
    "district": _ABOUT_A_PLACE,
    "street": _ABOUT_A_PLACE,
    "pollutant": ("air_quality_now", "air_explain"),
    "group": ("air_health_advice",),
    "program": ("subsidy_overview", "subsidy_amount", "subsidy_apply"),
    "heat_source": ("subsidy_heat_source", "heating_rules"),
    "building": ("subsidy_eligibility",),
    "connector": ("charger_find", "charger_howto"),
    "power_kw": ("charger_find",),
    "operator": ("charger_find", "charger_price"),
    "period": ("air_quality_forecast", "event_list"),
}
_MOST_ABOUT = 4
_ISO_639 = {Language.UKRAINIAN: "uk", Language.RUSSIAN: "ru", Language.ENGLISH: "en", Language.GERMAN: "de"}
_ABROAD = ("air_quality_now", "subsidy_overview", "charger_find", "office_contact")


class Wordings:
    """Composes what the assistant says of itself."""

    def __init__(self, texts: Texts) -> None:
        self._inform = texts[INFORM]
        self._foreign = texts[OUT_OF_SCOPE]
        self._deny = texts["deny"]

    def offer(self, step: Step, entities: tuple[Entity, ...], key: str | None = None) -> Answer:
        """Return "czy chodziło o…" with a button for each offered intent."""
        buttons = tuple(_button(intent, entities) for intent in step.alternatives)
        return Answer(self._foreign.more[key or step.decision], buttons=(*buttons, self._something_else()))

    def clarify(self, entities: tuple[Entity, ...]) -> Answer:
        """Return a question back to a message that only completes a question which was never asked."""
        if not entities:
            return self._inform.answer()
        intents = dict.fromkeys(intent for each in entities for intent in _ABOUT.get(each.name, _ABOUT_A_PLACE))
        named = self._inform.say("about", value=entities[0].value)
        return Answer(named, buttons=tuple(_button(intent, entities) for intent in intents)[:_MOST_ABOUT])

    def which_one(self, offered: Iterable[str]) -> Answer:
        """Ask again which of several offers is meant."""
        buttons = (*map(intent_button, offered), self._something_else())
        return Answer(self._foreign.say("choose_one"), buttons=buttons)

    def clarify_word(self, key: str) -> Answer:
        """Return a question back to a question word that stands alone."""
        if key not in ASKS:
            return self._inform.answer()
        asked = self._inform.say("question_word", word=key.capitalize())
        return Answer(asked, buttons=(*(_button(intent, ()) for intent in ASKS[key]), self._something_else()))

    def unknown_place(self, question: Question) -> Answer:
        """Say that a place is not known, and offer the same question without a place."""
        button = Button(self._inform.say("everywhere"), _payload(question.intent, question.entities))
        return Answer(self._inform.say("unknown_place"), buttons=(button,))

    def remark(self, remark: Remark, entities: Iterable[Entity]) -> Answer:
        """Return the answer to an unusual message; another town is called by its name."""
        answer = self._foreign.variant(remark.value)
        if remark is not Remark.ELSEWHERE:
            return answer
        town = next(entity.value for entity in entities if entity.name == "elsewhere")
        return replace(answer, text=self._foreign.say(remark.value, town=town))

    def fallback(self, variant: str) -> Answer:
        """Return a variant of the honest no."""
        return self._foreign.variant(variant)

    def rephrase(self) -> Answer:
        """Ask for other words after a no."""
        return self._deny.variant("rephrase")

    def abroad(self, other: Foreign, entities: tuple[Entity, ...]) -> Answer:
        """Say in the resident's language what can be done, with buttons in that language."""
        text = self._foreign.more[f"{other.language}_{'offer' if other.intents else 'help'}"]
        titles = [(intent, self._foreign.more[f"{other.language}_{intent}"]) for intent in other.intents or _ABROAD]
        buttons = tuple(Button(title, _button(intent, entities).payload) for intent, title in titles)
        return Answer(text, buttons=buttons, lang=_ISO_639[other.language])

    def abroad_in_danger(self, other: Foreign) -> str:
        """Return the sentence that is said before the Polish advice in danger."""
        return self._foreign.more[f"{other.language}_danger"]

    def second(self, question: Question) -> Button:
        """Return the button for the second question of a message."""
        title = self._inform.say("second", title=all_intents()[question.intent].title)
        return Button(title, _payload(question.intent, question.entities))

    def _something_else(self) -> Button:
        return Button(self._foreign.say("something_else"), OUT_OF_SCOPE)


def _button(intent: str, entities: tuple[Entity, ...]) -> Button:
    return Button(all_intents()[intent].title, _payload(intent, entities))


def _payload(intent: str, entities: tuple[Entity, ...]) -> str:
    ids = {entity.name: entity.id for entity in reversed(entities)}
    return to_payload(intent, **ids)
