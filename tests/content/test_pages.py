"""What the pages must say by law, and what staff hear of as long as it is missing."""

from datetime import date

from content.gaps import Reason
from content.pack import load_city
from content.pages import PageTexts, load_page_texts

SPRING = date(2027, 3, 31)


def _texts(**known: str) -> PageTexts:
    written = load_page_texts(load_city("legnica").folder).model_dump(mode="json")
    officer = known.pop("data_officer", None)
    declared = written["accessibility"] | {"reviewed_on": "2026-11-23"} | known
    return PageTexts.model_validate(written | {"accessibility": declared, "data_officer": officer})


def _due(texts: PageTexts, day: date = SPRING) -> list[tuple[Reason, str]]:
    return [(gap.reason, gap.item) for gap in texts.due(day)]


def test_what_the_declaration_and_the_privacy_page_lack_is_on_the_list() -> None:
    assert _due(_texts()) == [
        (Reason.MISSING, "accessibility.person"),
        (Reason.MISSING, "accessibility.email"),
        (Reason.MISSING, "accessibility.phone"),
        (Reason.MISSING, "data_officer"),
    ]
    whole = _texts(person="Anna Żak", email="a@miasto.example", phone="76 000 00 00", data_officer="iod@miasto.example")
    assert _due(whole) == []


def test_a_review_that_is_late_is_on_the_list_from_the_first_of_april() -> None:
    texts = _texts(person="Anna Żak", email="a@miasto.example", phone="76 000 00 00", data_officer="iod@miasto.example")
    assert _due(texts, date(2027, 4, 1)) == [(Reason.OLD, "accessibility.reviewed_on")]
    reviewed = texts.accessibility.model_copy(update={"reviewed_on": date(2027, 3, 2)})
    assert _due(texts.model_copy(update={"accessibility": reviewed}), date(2027, 12, 31)) == []
