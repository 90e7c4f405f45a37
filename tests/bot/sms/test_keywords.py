"""Words that a message by SMS may begin with."""

import pytest

from bot.sms.keywords import keyword
from content.pack import load_city
from content.places import load_places

PLACES = load_places(load_city("legnica").folder)


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("ALARM", "alerts_subscribe"),
        ("alarm!", "alerts_subscribe"),
        ("ALARM PIEKARY", "alerts_subscribe?district=piekary"),
        ("Alarm: Piątnica", "alerts_subscribe?district=piatnica"),
        ("alarm piatnica", "alerts_subscribe?district=piatnica"),
        ("START os. Zosinek", "alerts_subscribe?district=zosinek"),
        ("start, na Piekarach", "alerts_subscribe?district=piekary"),
        ("ALARM LEGNICA", "alerts_subscribe"),
        ("INFO", "alerts_subscribe?topic=announcements"),
        ("info.zosinek", "alerts_subscribe?topic=announcements&district=zosinek"),
        ("INFO BIELANY", "alerts_subscribe?topic=announcements&district=bielany"),
        ("INFO Chojnowska", "alerts_subscribe?topic=announcements&street=chojnowska"),
        ("SMOG", "air_quality_now"),
        ("smog piekary", "air_quality_now?district=piekary"),
        ("POLACZ 483920", "alerts_manage?code=483920"),
        ("Połącz: 483 920.", "alerts_manage?code=483920"),
        ("połącz", "alerts_manage?link=ask"),
        ("ROZŁĄCZ", "alerts_manage?link=off"),
    ],
)
def test_a_keyword_stands_alone_or_before_a_place(text: str, payload: str) -> None:
    assert keyword(text, PLACES) == payload


@pytest.mark.parametrize(
    "text",
    [
        *("", "?!", "alarmowy", "informacje", "piekary", "info o dotacjach", "info ladowarki piekary"),
        *("alarm pożarowy", "alarm piekary zosinek", "smog?", "smog piekary jutro", "startup"),
        *("połącz mnie z człowiekiem", "polacz z 112"),
    ],
)
def test_any_other_text_is_a_question(text: str) -> None:
    assert keyword(text, PLACES) is None
