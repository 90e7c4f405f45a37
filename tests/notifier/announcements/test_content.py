"""What an announcement may say: a clear reason for everything that is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notifier.announcements.content import Content, EventDetails, sms_preview
from notifier.announcements.errors import ContentRefusedError, PartRefusedError
from notifier.announcements.models import MAX_BODY, MAX_SMS, MAX_TITLE
from notifier.announcements.rules import prepared
from notifier.announcements.texts import filled
from tests.notifier.announcements.office import BODY, HOUSE, NEWS, TITLE

NOW = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


EVENT = EventDetails(LATER, "Rynek 1")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (Content(" \u200b\n", BODY), "The title is empty: write one."),
        (Content("x" * (MAX_TITLE + 1), BODY), "The title is too long: shorten it to 120 characters."),
        (Content(TITLE, "\x00"), "The text is empty: write one."),
        (Content(TITLE, "x" * (MAX_BODY + 1)), "The text is too long: shorten it to 1000 characters."),
        (replace(NEWS, variants={"sms": " "}), "The sms is empty: write one."),
        (replace(NEWS, variants={"sms": "x" * (MAX_SMS + 1)}), "The sms is too long: shorten it to 900 characters."),
        (replace(NEWS, event=replace(EVENT, place="")), "The place is empty: write one."),
    ],
)
def test_empty_and_too_long_parts_are_refused(content: Content, sentence: str) -> None:
    with pytest.raises(PartRefusedError) as refused:
        prepared(content, HOUSE, NOW)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (replace(NEWS, districts=("piekary", "atlantyda")), "district"),
        (replace(NEWS, channels=("fax",)), "channel"),
        (replace(NEWS, variants={"fax": "x"}), "channel"),
        (replace(NEWS, expires_at=NOW), "expired"),
        (replace(NEWS, body="Od {hour}."), "placeholder"),
        (replace(NEWS, event=EVENT, body="Zapisy: {link}"), "placeholder"),
        (replace(NEWS, event=EVENT, title="{Hour}"), "placeholder"),
        (replace(NEWS, variants={"sms": "100 % { zniżki"}), "braces"),
        (replace(NEWS, body="}{"), "braces"),
        (replace(NEWS, event=replace(EVENT, starts_at=NOW)), "event_is_past"),
        (replace(NEWS, event=replace(EVENT, ends_at=LATER)), "event_ends_before_start"),
        (replace(NEWS, event=replace(EVENT, registration="javascript:alert(1)")), "registration"),
        (replace(NEWS, event=replace(EVENT, registration="https://a b.pl")), "registration"),
    ],
)
def test_what_does_not_fit_together_is_refused(content: Content, problem: str) -> None:
    with pytest.raises(ContentRefusedError) as refused:
        prepared(content, HOUSE, NOW)
    assert refused.value.problem == problem


def test_invisible_characters_go_and_the_lines_of_a_text_stay() -> None:
    content = Content("Za\u0301mek\n\u202eul. 1\x00", " Od  jutra\r\n\r\nDo piątku\ud800 ")
    ready = prepared(content, HOUSE, NOW)
    assert (ready.title, ready.body) == ("Zámek ul. 1", "Od jutra\n\nDo piątku")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        (
            "https://miasto.example/zgłoszenia?na=łąkę.",
            "https://miasto.example/zg%C5%82oszenia?na=%C5%82%C4%85k%C4%99.",
        ),
        ("„www.łódź.example”…", '"www.xn--d-uga0v4h.example"...'),
        ("https://miasto.example/A_b-c/%C5%82 (ciąg dalszy)", "https://miasto.example/A_b-c/%C5%82 (ciag dalszy)"),
    ],
)
def test_the_address_of_a_page_opens_from_an_sms_too(typed: str, sent: str) -> None:
    ready = prepared(replace(NEWS, body=f"Więcej: {typed}"), HOUSE, NOW)
    assert sms_preview(TITLE, ready.body).text == f"Zamknieta ulica\nWiecej: {sent}"
    assert prepared(ready, HOUSE, NOW) == ready


def test_an_event_fills_its_fields_in_polish_time() -> None:
    details = replace(EVENT, registration="https://miasto.example/zapisy?na=koń&od=a%20b")
    content = prepared(replace(NEWS, body="{day} o {hour}, {place}. {link}", event=details), HOUSE, NOW)
    assert (
        filled(content.body, content.event)
        == "26.11.2026 o 19:30, Rynek 1. https://miasto.example/zapisy?na=ko%C5%84&od=a%20b"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda content: replace(content, title="Inny"),
        lambda content: replace(content, variants={"sms": "x"}),
        lambda content: replace(content, variants={"web": "x"}),
        lambda content: replace(content, districts=("piekary",)),
        lambda content: replace(content, channels=("sms",)),
        lambda content: replace(content, event=EVENT),
        lambda content: replace(content, event=replace(EVENT, place="Rynek 2")),
        lambda content: replace(content, expires_at=LATER),
        lambda content: replace(content, corrects=1),
        lambda content: replace(content, is_retraction=True),
    ],
)
def test_the_hash_changes_with_every_part(change: Callable[[Content], Content]) -> None:
    assert change(NEWS).hash() != NEWS.hash()
    assert change(NEWS).hash() == change(NEWS).hash()


def test_the_preview_counts_both_spellings() -> None:
    shown = sms_preview("Zamknięta ulica", "ż" * 60)
    assert (shown.text, shown.parts, shown.parts_with_polish_letters) == (f"Zamknieta ulica\n{'z' * 60}", 1, 2)
