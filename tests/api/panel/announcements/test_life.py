"""The life of an announcement between two people, and the account of what was sent."""

import csv
import io
from datetime import timedelta

import pytest

from core.sms_text import to_gsm
from core.staff.permissions import Role
from notifier.channels.log import LogChannel
from tests.api.panel.announcements.conftest import NEWS, TITLE, Town, typed, written
from tests.api.panel.conftest import PASSWORD, Browser, Panel, words

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def _approved(editor: Browser, approver: Browser, **fields: str | list[str]) -> str:
    page = await written(editor, **fields)
    await editor.post(f"{page}/przekaz")
    assert (await approver.post(f"{page}/zatwierdz", {"version": "1"})).headers["location"].endswith("zatwierdzono")
    return page


async def _sent(editor: Browser, approver: Browser, town: Town) -> str:
    page = await _approved(editor, approver)
    await approver.post(f"{page}/wysylka", {"when": "now"})
    await town.work()
    return page


async def test_a_return_tells_the_author_why_and_an_approval_is_of_what_was_read(staff_panel: Panel) -> None:
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    page = await written(editor)
    await editor.post(f"{page}/przekaz")
    assert "1 komunikat czeka na zatwierdzenie" in (await approver.get("/panel")).text
    empty = await approver.post(f"{page}/zwroc", {"reason": " "})
    assert (empty.status_code, "Proszę napisać powód." in empty.text) == (422, True)
    await approver.post(f"{page}/zwroc", {"reason": "Brak godziny."})
    assert "Uwaga (Jan Kos): Brak godziny." in words((await editor.get(page)).text)
    await typed(editor, f"{page}/edycja", {"version": "1", "body": "Od 8:00."})
    await editor.post(f"{page}/przekaz")
    stale = await approver.post(f"{page}/zatwierdz", {"version": "1"})
    assert (stale.status_code, "przeczytać ją jeszcze raz" in stale.text) == (422, True)
    assert (await approver.post(f"{page}/zatwierdz", {"version": "2"})).status_code == 303


async def test_nothing_goes_to_everyone_without_a_fresh_proof_and_the_page_comes_back(
    staff_panel: Panel, town: Town
) -> None:
    await town.sign_up(2)
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    page = await _approved(editor, approver)
    town.clock.advance(timedelta(minutes=6))
    for answer in (await approver.get(f"{page}/wysylka"), await approver.post(f"{page}/wysylka", {"when": "now"})):
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/panel/potwierdzenie")
    confirmed = await approver.post("/panel/potwierdzenie", {"proof": PASSWORD, "next": f"{page}/wysylka"})
    assert confirmed.headers["location"] == f"{page}/wysylka"
    assert "Wiadomości do wysłania: 2 ." in words((await approver.get(f"{page}/wysylka")).text)
    assert (await approver.post(f"{page}/wysylka", {"when": "now"})).headers["location"].endswith("wyslano")
    await town.work()
    assert len(await town.outbox()) == 2


async def test_what_the_page_shows_is_what_arrives_on_each_channel(staff_panel: Panel, town: Town) -> None:
    channels = ("sms", "telegram")
    for name in channels:
        await town.sign_up(1, name)
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    page = await _approved(editor, approver)
    shown = words((await editor.get(page)).text)
    await approver.post(f"{page}/wysylka", {"when": "now"})
    for name in channels:
        await town.work(LogChannel(town.database, name, town.clock))
    sent = await town.outbox()
    assert [(channel, " ".join(text.split()) in shown) for channel, text in sent] == [(name, True) for name in channels]
    assert "STOP" in sent[0][1]
    assert "/alerty" in sent[1][1]


_TIMES = (
    ("", "Proszę podać dzień i godzinę"),
    ("2026-11-23T19:29", "już minęła"),
    ("2027-03-28T02:30", "zegary"),
    ("kiedyś", "Nie ma takiej daty"),
    ("2026-12-24T10:00", "już nieaktualny"),
)


async def test_a_time_that_cannot_be_is_told_and_stays_typed(staff_panel: Panel) -> None:
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    page = await _approved(editor, approver, expires="2026-12-20T10:00")
    for at, said in _TIMES:
        answer = await approver.post(f"{page}/wysylka", {"when": "later", "at": at})
        assert (at, answer.status_code, said in answer.text, f'value="{at}"' in answer.text) == (at, 422, True, True)


async def test_what_is_scheduled_stands_in_the_calendar_and_goes_out_at_its_time(
    staff_panel: Panel, town: Town
) -> None:
    await town.sign_up(1)
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    page = await _approved(editor, approver)
    await approver.post(f"{page}/wysylka", {"when": "later", "at": "2026-11-30T08:00"})
    assert f"30 .11 08:00 wyjdzie komunikat {TITLE}" in words((await editor.get(f"{NEWS}/kalendarz")).text)
    town.clock.advance(timedelta(days=7))
    await town.work()
    assert await town.outbox()


async def test_an_event_shows_its_reminders_and_its_calendar_file(staff_panel: Panel, town: Town) -> None:
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    event = {"event_starts": "2026-12-12T18:00", "place": "Rynek", "body": "Zapraszamy {day}, {hour}, {place}."}
    page = await _approved(editor, approver, **event)
    shown = words((await editor.get(page)).text)
    assert "Zapraszamy 12.12.2026, 18:00, Rynek." in shown
    assert "Przypomnienie tydzień wcześniej 05.12.2026, 18:00" in shown
    await approver.post(f"{page}/wysylka", {"when": "now"})
    html = (await editor.get(page)).text
    assert "/feeds/events/announcement-1.ics" in html
    assert "Przypomnienie dzień wcześniej 11.12.2026, 18:00, czeka" in words(html)
    december = words((await editor.get(f"{NEWS}/kalendarz?miesiac=2026-12")).text)
    assert f"18:00 przypomnienie tydzień wcześniej {TITLE}" in december
    assert f"18:00 wydarzenie {TITLE}" in december


async def test_paused_nothing_goes_out_and_resumed_the_rest_does(staff_panel: Panel, town: Town) -> None:
    await town.sign_up(5)
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    page = await _approved(editor, approver)
    await approver.post(f"{page}/wysylka", {"when": "now"})
    await town.work(batch=2, steps=1)
    await editor.post(f"{page}/wstrzymaj")
    await town.work()
    assert len(await town.outbox()) == 2
    shown = words((await approver.get(page)).text)
    assert "2 z 5 wiadomości załatwione, 3 czekają" in shown
    assert "koniec około" not in shown
    assert "1 komunikat czeka na wznowienie" in (await approver.get("/panel")).text
    await approver.post(f"{page}/wznow")
    await town.work()
    assert len(await town.outbox()) == 5
    assert "wysłany" in words((await approver.get(page)).text)


async def test_a_cancelled_one_needs_a_reason_and_goes_no_further(staff_panel: Panel, town: Town) -> None:
    await town.sign_up(2)
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    page = await _approved(editor, approver)
    await approver.post(f"{page}/wysylka", {"when": "now"})
    assert (await editor.post(f"{page}/anuluj", {"reason": ""})).status_code == 422
    await editor.post(f"{page}/anuluj", {"reason": "Pomyłka w dacie."})
    await town.work()
    assert await town.outbox() == []
    assert "Pomyłka w dacie." in (await editor.get(page)).text


async def test_the_account_is_masked_and_its_file_runs_nothing(staff_panel: Panel, town: Town) -> None:
    await town.sign_up(3)
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    page = await _approved(editor, approver)
    await approver.post(f"{page}/wysylka", {"when": "now"})
    await town.fail()
    html = (await editor.get(f"{page}/odbiorcy?stan=failed")).text
    assert html.count("nie udało się</td>") == 3
    assert "kod dostawcy 30008" in html
    assert "601000" not in html
    assert "Nie ma takich wiadomości." in (await editor.get(f"{page}/odbiorcy?stan=sent")).text
    answer = await editor.get(f"{page}/odbiorcy.csv?stan=failed")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert sorted(row[1:5] for row in rows[1:]) == [
        ["SMS", "*** *** 00" + end, "nie udało się", "kod dostawcy 30008"] for end in "012"
    ]
    assert not any(cell[:1] in set("=+-@\t\r\n") for row in rows for cell in row)
    log = await (await staff_panel.visit(Role.ADMINISTRATOR)).get("/panel/dziennik?co=announcement.recipients_exported")
    assert "pobranie wykazu wiadomości" in log.text


async def test_a_correction_follows_and_replaces_and_a_retraction_takes_back(staff_panel: Panel, town: Town) -> None:
    await town.sign_up(2)
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    page = await _sent(editor, approver, town)
    form = (await editor.get(f"{NEWS}/nowy?sprostowanie=1")).text
    assert TITLE in form
    assert 'name="district"' not in form
    await town.sign_up(3)
    correction = await _approved(editor, approver, corrects="1", body="Do soboty.", key="k-2")
    await approver.post(f"{correction}/wysylka", {"when": "now"})
    await town.work()
    assert [text for _, text in await town.outbox()][2:] == [
        to_gsm(f"Sprostowanie: {TITLE}\nDo soboty.\nRezygnacja: STOP")
    ] * 2
    replaced = (await editor.get(page)).text
    assert f"już nie obowiązuje. Zamiast niego: Sprostowanie: {TITLE}" in words(replaced)
    assert "Napisz sprostowanie" not in replaced
    assert "Wcześniejsza informacja" in (await editor.get(f"{NEWS}/nowy?odwolanie=1")).text


async def test_of_two_corrections_the_second_is_told_of_the_first_and_keeps_its_words(
    staff_panel: Panel, town: Town
) -> None:
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    await _sent(editor, approver, town)
    second = await written(editor, corrects="1", body="Do niedzieli.", key="k-3")
    assert "prostuje albo odwołuje już" in words((await editor.get(f"{NEWS}/nowy?odwolanie=1")).text)
    first = await _approved(editor, approver, corrects="1", body="Do soboty.", key="k-2")
    shown = words((await editor.get(f"{second}/edycja")).text)
    assert f"inny komunikat: Sprostowanie: {TITLE} (zatwierdzony, " in shown
    refused = await editor.post(f"{second}/przekaz")
    number = first.rpartition("/")[2]
    assert (refused.status_code, f"prostuje albo odwołuje już komunikat {number}." in refused.text) == (422, True)
    assert "Do niedzieli." in (await editor.get(second)).text
    late = await typed(editor, f"{NEWS}/nowy", {"corrects": "1", "body": "Do poniedziałku.", "key": "k-4"})
    assert (late.status_code, "Do poniedziałku." in late.text) == (422, True)
    assert f"prostuje albo odwołuje już komunikat {number}." in late.text


async def test_what_cannot_be_done_any_more_is_a_sentence(staff_panel: Panel, town: Town) -> None:
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    page = await _sent(editor, approver, town)
    for browser, step in ((editor, "przekaz"), (approver, "zatwierdz"), (editor, "wstrzymaj"), (editor, "edycja")):
        answer = await typed(browser, f"{page}/{step}", {"version": "1"})
        assert (answer.status_code, "komunikat jest teraz w stanie „wysłany”" in answer.text) == (422, True)
    assert (await approver.get(f"{page}/wysylka")).headers["location"] == page


async def test_progress_is_streamed_until_its_end(staff_panel: Panel, town: Town) -> None:
    await town.sign_up(2)
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    page = await _sent(editor, approver, town)
    answer = await editor.get(f"{page}/postep")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert "event: progress\ndata: " in answer.text
    assert "<strong>2 z 2</strong>" in answer.text
    assert answer.text.endswith("event: end\ndata: \n\n")


async def test_a_number_of_nothing_is_a_page(staff_panel: Panel) -> None:
    editor = await staff_panel.visit(Role.EDITOR)
    pages = ("", "/edycja", "/probka", "/wysylka", "/odbiorcy", "/odbiorcy.csv", "/postep")
    for page in [f"{NEWS}/{number}{path}" for number in ("0", "99999", "abc", "9" * 30, "%00") for path in pages]:
        answer = await editor.get(page)
        assert (page, answer.status_code, "<h1>" in answer.text) == (page, 404, True)
