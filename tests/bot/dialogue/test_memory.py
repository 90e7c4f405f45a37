"""What a conversation remembers, as residents rely on it: fragments, short questions, topics taken up again."""

from datetime import timedelta

import pytest

from tests.bot.talking import Talk, payloads
from tests.fakes import FakeParser, FrozenClock


@pytest.fixture(autouse=True)
def _knows(parser: FakeParser) -> None:
    parser.learn("ile dostanę z czystego powietrza", ("subsidy_amount", 0.9))
    parser.learn("CCS", ("inform", 0.9))
    parser.learn("gdzie tam naładuję auto", ("charger_find", 0.8))
    parser.learn("gdzie naładuję auto", ("charger_find", 0.8))
    parser.learn("gdzie naładuję auto w {place}", ("charger_find", 0.8))
    parser.learn("co to jest pm10", ("air_explain", 0.9))
    parser.learn("kto może dostać", ("subsidy_eligibility", 0.9))
    parser.learn("najwyższy poziom", ("inform", 0.9))
    parser.learn("a na Kwiatowej?", ("inform", 0.9))


async def test_every_kind_of_value_completes_the_question_before(talk: Talk) -> None:
    await talk.say("jakie powietrze na Piekarach")
    assert await talk.served("a wczoraj?") == ("air_quality_history", {"piekary", "wczoraj"})
    assert await talk.served("a na Zosinku?") == ("air_quality_history", {"zosinek", "wczoraj"})
    assert await talk.served("a dla dzieci?") == ("air_health_advice", {"zosinek", "dzieci"})
    assert await talk.served("PM2,5") == ("air_quality_now", {"zosinek", "pm25"})
    assert await talk.served("nie, chodziło mi o Przybków") == ("air_quality_now", {"przybkow", "pm25"})


async def test_short_questions_keep_the_programme(talk: Talk) -> None:
    await talk.say("ile dostanę z czystego powietrza")
    assert await talk.served("do kiedy?") == ("subsidy_deadline", {"czyste_powietrze"})
    assert await talk.served("a gdzie?") == ("subsidy_apply", {"czyste_powietrze"})
    assert await talk.served("a ile?") == ("subsidy_amount", {"czyste_powietrze"})
    assert await talk.served("a dla pelletu?") == ("subsidy_amount", {"czyste_powietrze", "pellet"})
    assert await talk.served("kto może dostać") == ("subsidy_eligibility", {"czyste_powietrze", "pellet"})


async def test_the_price_is_asked_of_the_same_chargers(talk: Talk) -> None:
    await talk.say("gdzie naladuje auto na Chojnowskiej")
    assert await talk.served("CCS") == ("charger_find", {"chojnowska", "ccs"})
    assert await talk.served("a ile to kosztuje?") == ("charger_price", {"chojnowska", "ccs"})


async def test_a_value_finds_the_older_question_that_can_use_it(talk: Talk) -> None:
    await talk.say("gdzie naladuje auto na Chojnowskiej")
    await talk.say("jakie powietrze na Piekarach")
    assert await talk.served("CCS") == ("charger_find", {"chojnowska", "ccs"})


async def test_the_place_goes_from_the_air_to_the_chargers_and_the_plug_does_not_go_back(talk: Talk) -> None:
    await talk.say("jakie powietrze na Piekarach")
    assert await talk.served("gdzie tam naładuję auto") == ("charger_find", {"piekary"})
    await talk.say("CCS")
    assert await talk.served("jakie jest powietrze") == ("air_quality_now", set())


async def test_a_place_that_was_only_assumed_can_be_taken_back(talk: Talk) -> None:
    await talk.say("jakie powietrze na Piekarach")
    assert await talk.served("gdzie naładuję auto") == ("charger_find", {"piekary"})
    # Below an answer that the place has narrowed stands the button „Całe miasto”.
    widened = await talk.press("charger_find")
    assert widened.entities == ()


async def test_naming_the_city_asks_about_all_of_it(talk: Talk) -> None:
    await talk.say("jakie powietrze na Piekarach")
    assert await talk.served("gdzie naładuję auto w Legnicy") == ("charger_find", set())


async def test_a_topic_left_is_taken_up_again_by_its_name(talk: Talk, parser: FakeParser) -> None:
    parser.learn("ładowarek", ("charger_find", 0.9))
    parser.learn("powietrza", ("air_quality_now", 0.5), ("air_quality_forecast", 0.3))
    parser.learn("dotacji", ("subsidy_overview", 0.9))
    await talk.say("gdzie naladuje auto na Chojnowskiej")
    await talk.say("a ile to kosztuje?")
    await talk.say("jakie powietrze na Piekarach")
    assert await talk.served("a wracając do ładowarek") == ("charger_price", {"chojnowska"})
    assert await talk.served("wróćmy do powietrza") == ("air_quality_now", {"piekary"})
    # A topic that was not talked about is a question like any other.
    assert await talk.served("a co do dotacji") == ("subsidy_overview", set())


async def test_a_bare_question_word_is_asked_about(talk: Talk) -> None:
    reply = await talk.say("gdzie?")
    assert (reply.step.intent, reply.step.decision) == ("inform", "clarify")
    assert payloads(reply) == ["charger_find", "subsidy_apply", "office_contact", "out_of_scope"]
    await talk.say("gdzie naladuje auto na Chojnowskiej")
    assert (await talk.say("gdzie?")).step.decision == "clarify"


async def test_a_topic_word_makes_a_fragment_a_question(talk: Talk, parser: FakeParser) -> None:
    parser.learn("słupek type 2 na {place}", ("inform", 0.5), ("charger_find", 0.4))
    intent, found = await talk.served("słupek type 2 na Koperniku")
    assert intent == "charger_find"
    assert "type2" in found


@pytest.mark.parametrize(("text", "intent"), [("pm10 Piekary", "air_quality_now"), ("CCS Piekary", "charger_find")])
async def test_values_that_speak_for_themselves_are_served(
    talk: Talk, parser: FakeParser, text: str, intent: str
) -> None:
    parser.learn(text.replace("Piekary", "{place}"), ("inform", 0.8))
    assert (await talk.served(text))[0] == intent


async def test_a_value_that_fits_nothing_asked_before_is_asked_about(talk: Talk, parser: FakeParser) -> None:
    parser.learn("pellet", ("inform", 0.9))
    await talk.say("jakie powietrze na Piekarach")
    reply = await talk.say("pellet")
    assert reply.step.decision == "clarify"
    assert payloads(reply)[0] == "subsidy_heat_source?heat_source=pellet"
    chosen = await talk.say("to drugie")
    assert (chosen.step.intent, [entity.id for entity in chosen.entities]) == ("heating_rules", ["pellet"])


async def test_a_place_nobody_knows_is_not_answered_with_the_old_one(talk: Talk) -> None:
    await talk.say("jakie powietrze na Piekarach")
    reply = await talk.say("a na Kwiatowej?")
    assert reply.answers[0].text.startswith("Nie znam takiego miejsca.")
    assert payloads(reply) == ["air_quality_now"]


async def test_a_fragment_without_a_known_value_repeats_the_question(talk: Talk) -> None:
    await talk.say("ile dostanę z czystego powietrza")
    assert await talk.served("najwyższy poziom") == ("subsidy_amount", {"czyste_powietrze"})


async def test_everything_is_forgotten_after_half_an_hour(talk: Talk, clock: FrozenClock) -> None:
    await talk.say("ile dostanę z czystego powietrza")
    clock.advance(timedelta(minutes=31))
    assert (await talk.say("do kiedy?")).step.intent == "out_of_scope"


async def test_the_memory_needs_no_model(talk: Talk, parser: FakeParser) -> None:
    await talk.say("ile dostanę z czystego powietrza")
    parser.is_down = True
    assert await talk.served("a moje ciepło?") == ("subsidy_amount", {"moje_cieplo"})
    assert await talk.served("do kiedy?") == ("subsidy_deadline", {"moje_cieplo"})
