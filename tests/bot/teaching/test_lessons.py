"""What was not understood is listed, taught, passed over and taken back."""

from datetime import timedelta

import pytest
import yaml

from bot.teaching.errors import Fault, Refusal, StepRefusedError, TeachingRefusedError
from bot.teaching.missed import LOOKED_BACK, Sign
from core.staff.errors import PermissionRefusedError
from nlu.taught import heard, judged_sentences, learned_sentences
from tests.bot.teaching.school import ANALYST, APPROVER, EDITOR, School

POOL = "kiedy otwieracie basen"


async def test_unanswered_unsure_asked_back_and_unhelpful_sentences_are_listed_and_good_answers_are_not(
    school: School,
) -> None:
    await school.ask(POOL, "fallback")
    await school.ask("ile kosztuje tona węgla", "choose", confidence=0.3)
    await school.ask("czy pies może biegać luzem", "answered", intent="office_contact", confidence=0.5)
    await school.ask("jakie powietrze", "answered", intent="air_quality_now", confidence=0.97)
    await school.ask("gdzie załatwię paszport", "answered", intent="office_contact", confidence=0.9, helpful=False)
    await school.ask("gdzie jest urząd", "answered", intent="office_contact", confidence=0.9, helpful=True)
    groups = await school.lessons.groups(EDITOR)

    assert {group.first.text: set(group.signs) for group in groups} == {
        POOL: {Sign.UNANSWERED},
        "ile kosztuje tona węgla": {Sign.ASKED_BACK},
        "czy pies może biegać luzem": {Sign.UNSURE},
        "gdzie załatwię paszport": {Sign.UNHELPFUL},
    }


async def test_what_is_asked_most_comes_first_with_all_its_forms(school: School) -> None:
    await school.ask("jak zarejestrować psa")
    await school.ask("kiedy basen otwieracie?")
    await school.ask(POOL, times=2)
    await school.ask(POOL.upper() + "!!", "confirm")
    groups = await school.lessons.groups(EDITOR)

    assert await school.listed() == [[POOL.upper() + "!!", "kiedy basen otwieracie?"], ["jak zarejestrować psa"]]
    assert (groups[0].times, groups[0].signs) == (4, {Sign.UNANSWERED: 3, Sign.ASKED_BACK: 1})


async def test_buttons_positions_steps_of_a_form_and_old_turns_are_no_sentences(school: School) -> None:
    for asked in ("[charger_find?x=1]", "[lokalizacja]", "[human_handoff]", "", "[telefon] [e-mail]", "123"):
        await school.ask(asked)
    await school.ask(POOL, at=school.clock.now() - LOOKED_BACK - timedelta(minutes=1))

    assert await school.listed() == []


async def test_what_the_model_was_not_asked_is_no_gap_in_what_it_knows(school: School) -> None:
    await school.ask("jakie powietrze", confidence=0.0)  # it was away

    assert await school.listed() == []


async def test_places_do_not_part_questions(school: School) -> None:
    await school.ask("kiedy otwieracie basen na Piekarach")
    await school.ask("kiedy otwieracie basen na Chojnowskiej")

    assert len(await school.listed()) == 1


async def test_taught_sentences_leave_the_list_and_stand_without_places_and_masked_data(school: School) -> None:
    await school.ask("kiedy otwieracie basen na Piekarach, tel. [telefon]")
    await school.ask("jak zarejestrować psa")
    taught = await school.lessons.teach(EDITOR, "out_of_scope", ["kiedy otwieracie basen na Piekarach, tel. [telefon]"])
    (row,) = await school.lessons.taught(ANALYST)

    assert taught == 1
    assert (row.text, row.intent, row.added_by) == ("kiedy otwieracie basen na {place}, tel.", "out_of_scope", "Anna")
    assert await school.listed() == [["jak zarejestrować psa"]]
    assert await school.deeds() == [("Anna", "teaching.taught", "intents/out_of_scope")]


async def test_personal_data_that_staff_type_is_masked_before_it_is_taught(school: School) -> None:
    await school.lessons.teach(EDITOR, "office_contact", ["zadzwońcie do mnie 512 345 678 albo jan@example.pl"])
    (row,) = await school.lessons.taught(EDITOR)

    assert row.text == "zadzwońcie do mnie albo"


async def test_a_sentence_by_which_models_are_judged_is_refused_and_so_are_all_with_it(school: School) -> None:
    judged = judged_sentences()[0]
    with pytest.raises(TeachingRefusedError) as refused:
        await school.lessons.teach(EDITOR, "out_of_scope", [POOL, judged.text.upper()])

    assert [each.fault for each in refused.value.faulty] == [Fault.JUDGED]
    assert await school.lessons.taught(EDITOR) == []
    assert await school.deeds() == []


async def test_one_sentence_has_one_intent_whether_the_release_or_staff_taught_it(school: School) -> None:
    known = next(each for each in learned_sentences() if each.expected == "charger_find" and "{" not in each.text)
    await school.lessons.teach(EDITOR, "out_of_scope", [POOL])
    faults = []
    for intent, text in (("charger_find", known.text), ("greet", known.text), ("greet", POOL + "?"), ("greet", "…")):
        with pytest.raises(TeachingRefusedError) as refused:
            await school.lessons.teach(EDITOR, intent, [text])
        faults += [(each.fault, each.intent) for each in refused.value.faulty]

    assert faults == [
        (Fault.KNOWN, "charger_find"),
        (Fault.ELSEWHERE, "charger_find"),
        (Fault.ELSEWHERE, "out_of_scope"),
        (Fault.EMPTY, ""),
    ]


async def test_a_story_is_too_long_to_be_taught(school: School) -> None:
    with pytest.raises(TeachingRefusedError) as refused:
        await school.lessons.teach(EDITOR, "greet", ["opowieść bez końca " * 40])
    assert [each.fault for each in refused.value.faulty] == [Fault.TOO_LONG]


@pytest.mark.parametrize(
    ("intent", "texts", "refusal"),
    [
        ("nie_ma", [POOL], Refusal.UNKNOWN_INTENT),
        ("subsidy_check", [POOL], Refusal.UNKNOWN_INTENT),  # only pressed
        ("greet", [], Refusal.NO_SENTENCES),
    ],
)
async def test_a_step_without_sentences_or_intent_is_refused(
    school: School, intent: str, texts: list[str], refusal: Refusal
) -> None:
    with pytest.raises(StepRefusedError) as refused:
        await school.lessons.teach(EDITOR, intent, texts)
    assert refused.value.refusal is refusal


async def test_a_group_that_was_passed_over_does_not_come_back_though_it_is_asked_again(school: School) -> None:
    await school.ask(POOL)
    (group,) = await school.lessons.groups(EDITOR)
    await school.lessons.pass_over(EDITOR, group.sentences)
    await school.lessons.pass_over(EDITOR, group.sentences)  # a second click
    await school.ask(POOL + "?")

    assert await school.listed() == []
    assert [action for _, action, _ in await school.deeds()] == ["teaching.passed_over"] * 2


async def test_a_sentence_that_was_taken_back_may_be_taught_to_another_intent(school: School) -> None:
    await school.lessons.teach(EDITOR, "greet", [POOL])
    (row,) = await school.lessons.taught(EDITOR)
    await school.lessons.withdraw(EDITOR, row.id)
    with pytest.raises(StepRefusedError):
        await school.lessons.withdraw(EDITOR, row.id)
    await school.lessons.teach(EDITOR, "out_of_scope", [POOL])

    assert [each.intent for each in await school.lessons.taught(EDITOR)] == ["out_of_scope"]


async def test_the_file_of_taught_sentences_is_training_data(school: School) -> None:
    await school.lessons.teach(EDITOR, "out_of_scope", [POOL, "basen - kiedy?"])
    (block,) = yaml.safe_load(await school.lessons.exported(ANALYST))["nlu"]

    assert block["intent"] == "out_of_scope"
    assert {heard(line.removeprefix("- ")) for line in block["examples"].splitlines()} == {heard(POOL), "basen kiedy"}


async def test_whoever_only_reads_teaches_nothing(school: School) -> None:
    await school.ask(POOL)
    groups = await school.lessons.groups(ANALYST)
    for actor in (ANALYST, APPROVER):
        for step in (
            school.lessons.teach(actor, "greet", [POOL]),
            school.lessons.pass_over(actor, groups[0].sentences),
            school.lessons.withdraw(actor, 1),
        ):
            with pytest.raises(PermissionRefusedError):
                await step
    assert await school.listed() == [[POOL]]
