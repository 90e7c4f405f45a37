"""The room of teaching: groups, sentences, trainings, as staff of each role see them."""

import re
from datetime import timedelta

import httpx2
import pytest
import yaml
from sqlalchemy import select

from bot.conversations.models import TurnRow
from bot.teaching.models import TrainingRow
from core.staff.permissions import Role
from nlu.judging.comparison import Change, Comparison, IntentChange
from nlu.judging.gate import Check
from nlu.learning import Learned
from nlu.store import ModelStore
from nlu.taught import judged_sentences
from tests.api.panel.conftest import Browser, Panel, words
from tests.bot.teaching.school import School, report
from tests.nlu.models import name

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ROOM = "/panel/nauka"
POOL = "kiedy otwieracie basen"


async def _group(browser: Browser, of: str = POOL) -> str:
    """Return the address of the group that a sentence stands for."""
    found = re.search(rf'href="({ROOM}/grupy/\d+)">\s*<strong>{of}', (await browser.get(ROOM)).text)
    assert found
    return found[1]


async def _turn_ids(school: School) -> list[str]:
    async with school.database.read() as session:
        return [str(turn) for turn in await session.scalars(select(TurnRow.id).order_by(TurnRow.id))]


async def _shown(browser: Browser, answer: httpx2.Response) -> str:
    assert answer.status_code == 303
    return words((await browser.get(answer.headers["location"])).text)


async def _trained(browser: Browser) -> str:
    """Teach a sentence, ask for a training and return its address."""
    await browser.post(f"{ROOM}/zdania", {"nowy_temat": "out_of_scope", "wlasne": POOL})
    answer = await browser.post(f"{ROOM}/modele")
    assert answer.status_code == 303
    return str(answer.headers["location"])


async def test_from_a_missed_question_to_taught_sentences(staff_panel: Panel, school: School) -> None:
    await school.ask(POOL, times=3)
    await school.ask("basen kiedy otwarty?", "confirm")
    await school.ask("jak zarejestrować psa")
    browser = await staff_panel.visit(Role.EDITOR)
    page = words((await browser.get(ROOM)).text)
    assert "2 grupy pytań" in page
    assert "4 pytania: 3 bez odpowiedzi, 1 dopytanie · ostatnio 23.11.2026, 19:30" in page
    group, turns = await _group(browser), await _turn_ids(school)
    await browser.get(group)
    fields = {"zdanie": turns[2], "temat": "office_contact", "wlasne": "godziny pływalni\n\ngodziny basenu"}
    page = await _shown(browser, await browser.post(f"{group}/naucz", fields))
    assert "Zdania są zapisane." in page
    assert "Do nauczenia: 3 zdania." in page
    assert "basen kiedy otwarty?" in page
    assert POOL not in page
    page = words((await browser.get(f"{ROOM}/zdania")).text)
    assert "3 zdania." in page
    assert f"{POOL} Kontakt z urzędem Anna Nowak, 23.11.2026, 19:30" in page


async def test_foreign_questions_are_taught_with_one_button_and_a_group_is_passed_over_with_another(
    staff_panel: Panel, school: School
) -> None:
    await school.ask(POOL)
    await school.ask("jak zarejestrować psa")
    browser = await staff_panel.visit(Role.EDITOR)
    turns = await _turn_ids(school)
    await browser.post(f"{await _group(browser)}/naucz", {"zdanie": turns[0], "poza": "1", "temat": "greet"})
    answer = await browser.post(f"{await _group(browser, 'jak zarejestrować psa')}/pomin")
    page = await _shown(browser, answer)
    assert "Grupa jest pominięta" in page
    assert "Nie ma pytań do nauczenia." in page
    assert f"{POOL} Poza zakresem" in words((await browser.get(f"{ROOM}/zdania")).text)


async def test_a_refused_sentence_is_told_with_its_reason_and_what_was_typed_stays(
    staff_panel: Panel, school: School
) -> None:
    judged = next(each.text for each in judged_sentences() if each.key == "greet")
    await school.ask(POOL)
    browser = await staff_panel.visit(Role.EDITOR)
    group = await _group(browser)
    answer = await browser.post(f"{group}/naucz", {"temat": "greet", "wlasne": f"siemanko kochani\n{judged}"})
    page = words(answer.text)
    assert answer.status_code == 422
    assert "Nic nie zostało zapisane." in page
    assert f"{judged} : To zdanie służy do sprawdzania modeli, dlatego nie można go uczyć." in page
    assert re.search(rf"siemanko kochani\n{re.escape(judged)}</textarea>", answer.text)
    assert '<option value="greet" selected>' in answer.text
    for fields, said in (
        ({"temat": "greet"}, "Nie wybrano żadnego zdania."),
        ({"wlasne": "siemanko kochani"}, "Nie wybrano tematu."),
        ({"temat": "greet", "wlasne": "x" * 201}, "Zdanie jest za długie, może mieć najwyżej 200 znaków."),
        ({"temat": "greet", "wlasne": "!!!"}, "nie zostało żadne słowo"),
    ):
        answer = await browser.post(f"{group}/naucz", fields)
        assert (answer.status_code, said in words(answer.text)) == (422, True)
    assert (await browser.post(f"{group}/naucz", {"wlasne": "x" * 9000})).status_code == 400
    assert "Nie ma jeszcze nauczonych zdań." in (await browser.get(f"{ROOM}/zdania")).text


async def test_what_residents_wrote_is_shown_and_never_run(staff_panel: Panel, school: School) -> None:
    evil = "<script>alert(1)</script> basen"
    await school.ask(evil)
    browser = await staff_panel.visit(Role.EDITOR)
    (turn,) = await _turn_ids(school)
    await browser.post(f"{ROOM}/grupy/{turn}/naucz", {"temat": "greet", "wlasne": "<img src=x> cześć wam"})
    for path in (ROOM, f"{ROOM}/grupy/{turn}", f"{ROOM}/zdania"):
        page = (await browser.get(path)).text
        assert "<script>alert" not in page
        assert "<img src=x>" not in page


async def test_taught_sentences_are_filtered_taken_back_and_taken_away_as_a_file(
    staff_panel: Panel, school: School
) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    await browser.post(f"{ROOM}/zdania", {"nowy_temat": "greet", "wlasne": "siemanko kochani"})
    await browser.post(f"{ROOM}/zdania", {"nowy_temat": "out_of_scope", "wlasne": f"{POOL} na Piekarach"})
    page = words((await browser.get(f"{ROOM}/zdania?temat=out_of_scope")).text)
    assert f"{POOL} na …" in page
    assert "siemanko" not in page
    exported = await browser.get(f"{ROOM}/zdania.yml")
    assert {block["intent"] for block in yaml.safe_load(exported.text)["nlu"]} == {"greet", "out_of_scope"}
    assert exported.headers["content-disposition"].startswith("attachment")
    page = await _shown(browser, await browser.post(f"{ROOM}/zdania/1/usun"))
    assert "1 zdanie." in page
    assert (await browser.post(f"{ROOM}/zdania/1/usun")).status_code == 404


async def test_a_training_is_watched_judged_and_put_in_service(
    staff_panel: Panel, school: School, store: ModelStore
) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    training = await _trained(browser)
    waiting = (await browser.get(training)).text
    assert "Uczenie 1: czeka w kolejce" in waiting
    assert 'hx-trigger="every 3s"' in waiting
    assert "Uczenie już trwa." in (await browser.post(f"{ROOM}/modele")).text
    await school.end(1)
    page = words((await browser.get(training)).text)
    assert "Nowy model przeszedł sprawdzenie." in page
    assert "Ocena nowego modelu: 94%, modelu w użyciu: 93%." in page
    approver = await staff_panel.visit(Role.APPROVER)
    assert "Nowy model językowy czeka na decyzję" in (await approver.get("/panel")).text
    page = await _shown(approver, await approver.post(f"{training}/wdroz"))
    assert "Nowy model jest wdrożony. Zacznie odpowiadać za około minutę." in page
    assert "Decyzja: Jan Kos" in page
    assert store.registry().current == name(2)
    answer = await approver.post(f"{ROOM}/modele/powrot", {"model": name(1)})
    assert "W międzyczasie ktoś to zmienił." in answer.text
    page = await _shown(approver, await approver.post(f"{ROOM}/modele/powrot", {"model": name(2)}))
    assert "Wraca poprzedni model." in page
    assert "Uczenie 1: wycofane" in page
    assert store.registry().current == name(1)


@pytest.fixture
def store(school: School) -> ModelStore:
    return school.store


async def test_a_model_that_did_not_pass_has_no_button_and_the_report_says_why(
    staff_panel: Panel, school: School, store: ModelStore
) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    training = await _trained(browser)
    await school.end(1, passed=False)
    await _report(school)
    page = await browser.get(training)
    read = words(page.text)
    assert "Nowy model nie przeszedł sprawdzenia, dlatego nie można go wdrożyć." in read
    assert f"{training}/wdroz" not in page.text
    assert "dobre odpowiedzi (dopytanie z właściwym tematem liczy się w połowie) najmniej 90% 81,2% NIE" in read
    assert "utracone poprawne odpowiedzi w temacie „Powitanie” najwyżej 25% 50% NIE" in read
    assert "odpowiedzi na pytania poza zakresem najwyżej 10% nie zmierzono NIE" in read
    assert "Powitanie 6 6 3 −3" in read
    assert "siema Powitanie odpowiedź: Powitanie brak odpowiedzi" in read
    assert "hej … Poza zakresem dopytanie: Powitanie, Podziękowanie odpowiedź: Powitanie" in read
    assert "Rozumie 0 z 1." in read
    answer = await browser.post(f"{training}/wdroz")
    assert answer.status_code == 422
    assert "Ten model nie przeszedł sprawdzenia" in answer.text
    assert store.registry().current == name(1)


async def _report(school: School) -> None:
    changes = (
        Change(text="siema", expected="greet", before="greet", after="declined"),
        Change(text="hej {place}", expected="out_of_scope_near", before="asked back: greet, thanks", after="greet"),
    )
    comparison = Comparison(
        sentences=1957,
        gained=0,
        lost=3,
        chance=0.125,
        intents=(IntentChange(intent="greet", sentences=6, before=6, after=3),),
        changes=changes,
    )
    checks = (
        Check(name="score at least", measured=0.812, limit=0.9, passed=False),
        Check(name="loss of greet at most", measured=0.5, limit=0.25, passed=False),
        Check(name="foreign answered at most", measured=None, limit=0.1, passed=False),
    )
    learned = (Learned(text=POOL, expected="out_of_scope", after="office_contact", right=False),)
    found = report(2, name(1), passed=False).model_copy(
        update={"checks": checks, "comparison": comparison, "taught": learned}
    )
    async with school.database.write() as session:
        (await session.get_one(TrainingRow, 1)).report = found.model_dump(mode="json")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("failed", "Uczenie nie powiodło się. Model w użyciu zostaje."),
        ("interrupted", "Uczenie zostało przerwane, zanim się skończyło."),
        ("discarded", "Uczenie 1: odrzucone"),
    ],
)
async def test_a_training_without_a_good_end_says_what_happened(
    staff_panel: Panel, school: School, state: str, said: str
) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    training = await _trained(browser)
    async with school.database.write() as session:
        row = await session.get_one(TrainingRow, 1)
        row.state, row.is_open, row.ended_at = state, False, school.clock.now()
        row.log = "ValueError: no such intent"
    page = (await browser.get(training)).text
    assert said in words(page)
    assert ("ValueError" in page) is (state == "failed")


async def test_a_running_training_tells_its_steps_and_can_be_ended(staff_panel: Panel, school: School) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    training = await _trained(browser)
    now = school.clock.now()
    async with school.database.write() as session:
        row = await session.get_one(TrainingRow, 1)
        row.state, row.leased_until = "running", now + timedelta(seconds=30)
        phases = ("phase:training", "phase:measuring", "phase:measuring")
        row.steps = [[phase, now.isoformat()] for phase in phases]
    page = words((await browser.get(training)).text)
    assert "Trwa: sprawdzanie modelu w użyciu, dla porównania." in page
    assert "uczenie modelu od 23.11.2026, 19:30 sprawdzanie nowego modelu od" in page
    assert "Uczenie jest przerwane." in await _shown(browser, await browser.post(f"{training}/przerwij"))


async def test_an_analyst_sees_everything_and_has_no_buttons(staff_panel: Panel, school: School) -> None:
    await school.ask(POOL)
    editor = await staff_panel.visit(Role.EDITOR)
    training = await _trained(editor)
    await school.end(1)
    await school.ask("jak zarejestrować psa")
    analyst = await staff_panel.visit(Role.ANALYST)
    group = await _group(analyst, "jak zarejestrować psa")
    for path in (ROOM, group, f"{ROOM}/zdania", f"{ROOM}/modele", training):
        page = await analyst.get(path)
        assert page.status_code == 200
        assert 'method="post"' not in page.text.partition("<main")[2]


@pytest.mark.parametrize("path", ["/grupy/999", "/modele/999", "/grupy/x", "/modele/0", "?strona=0"])
async def test_what_is_not_there_is_told(staff_panel: Panel, school: School, path: str) -> None:
    assert (await (await staff_panel.visit(Role.EDITOR)).get(f"{ROOM}{path}")).status_code == 404
