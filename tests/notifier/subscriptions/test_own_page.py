"""The resident's own page: whoever holds its token sees and changes what is theirs, and nobody else's."""

from datetime import timedelta

import pytest

from core.crypto import AddressVault
from core.database import Database
from notifier.subscriptions.choices import ChoiceRefusedError
from notifier.subscriptions.links import Links
from notifier.subscriptions.own_page import Changes, NoAnnouncementsError, OwnPage, UnknownLinkError
from notifier.subscriptions.quiet import QuietHours
from notifier.subscriptions.repository import consents
from notifier.subscriptions.service import Subscriptions, SuppressedError
from notifier.subscriptions.suppression import reason_against
from notifier.subscriptions.topics import Origin
from tests.fakes import FrozenClock

PHONE = "+48512345678"


@pytest.fixture
def own_page(database: Database, vault: AddressVault, clock: FrozenClock) -> OwnPage:
    return OwnPage(database, vault, clock)


@pytest.fixture
async def token(database: Database, subscriptions: Subscriptions, vault: AddressVault) -> str:
    """The token of a resident who gets smog alerts."""
    async with database.write() as session:
        await subscriptions.subscribe(session, "sms", PHONE, "smog", text_version="v1")
        contact = await subscriptions.contact(session, "sms", PHONE, lock=True)
        assert contact
        return await Links(vault).issue(session, contact)


async def _log(database: Database, subscriptions: Subscriptions) -> list[tuple[str, str, str, str]]:
    async with database.read() as session:
        contact = await subscriptions.contact(session, "sms", PHONE)
        assert contact
        return [(row.action, row.topic, row.text_version, row.source) for row in await consents(session, contact.id)]


async def test_it_shows_what_is_on_and_only_the_end_of_the_number(own_page: OwnPage, token: str) -> None:
    seen = await own_page.show(token)
    assert [entry.topic for entry in seen.running] == ["smog"]
    assert (seen.channel, seen.address) == ("sms", "+48 *** *** 678")
    assert (seen.choices.smog_level, seen.choices.quiet, seen.choices.paused_until) == (None, None, None)


async def test_everything_can_be_changed_at_once(own_page: OwnPage, token: str, clock: FrozenClock) -> None:
    until = clock.now() + timedelta(days=7)
    seen = await own_page.change(
        token,
        Changes(
            topics={"announcements": "v2", "smog": "v2"},
            districts=["zosinek", "piekary"],
            level=5,
            quiet=QuietHours(22 * 60, 6 * 60),
            paused_until=until,
        ),
    )
    assert [(entry.topic, entry.districts) for entry in seen.running] == [
        ("smog", ()),
        ("announcements", ("piekary", "zosinek")),
    ]
    assert (seen.choices.smog_level, seen.choices.quiet, seen.choices.paused_until) == (5, QuietHours(1320, 360), until)
    assert await own_page.show(token) == seen


async def test_what_is_not_named_stays(own_page: OwnPage, token: str) -> None:
    await own_page.change(token, Changes(level=5, quiet=QuietHours(1320, 360)))
    seen = await own_page.change(token, Changes(quiet=None))
    assert ([entry.topic for entry in seen.running], seen.choices.smog_level, seen.choices.quiet) == (["smog"], 5, None)


async def test_a_topic_turned_on_or_off_is_in_the_log_with_the_text_that_was_read(
    own_page: OwnPage, token: str, database: Database, subscriptions: Subscriptions
) -> None:
    await own_page.change(token, Changes(topics={"events": "v7"}))
    assert await _log(database, subscriptions) == [
        ("given", "smog", "v1", "chat"),
        ("given", "events", "v7", "link"),
        ("withdrawn", "smog", "v1", "link"),
    ]


@pytest.mark.parametrize("by_the_form", [True, False])
async def test_no_topic_at_all_is_the_same_as_to_stop_and_the_page_turns_it_on_again(
    own_page: OwnPage, token: str, database: Database, subscriptions: Subscriptions, by_the_form: bool
) -> None:
    if by_the_form:
        assert (await own_page.change(token, Changes(topics={}))).running == ()
    else:
        assert await own_page.stop(token) == ("smog",)
        assert await own_page.stop(token) == ()
    digest = subscriptions.digest("sms", PHONE)
    async with database.read() as session:
        assert await reason_against(session, "sms", digest) == "asked"
    again = await own_page.change(token, Changes(topics={"smog": "v2"}))
    assert [entry.topic for entry in again.running] == ["smog"]
    async with database.read() as session:
        assert await reason_against(session, "sms", digest) is None


async def test_a_refused_part_leaves_everything_as_it_was(
    own_page: OwnPage, token: str, clock: FrozenClock, database: Database, subscriptions: Subscriptions
) -> None:
    before = await own_page.show(token)
    too_long = clock.now() + timedelta(days=400)
    with pytest.raises(ChoiceRefusedError):
        await own_page.change(token, Changes(topics={"events": "v2"}, level=5, paused_until=too_long))
    with pytest.raises(NoAnnouncementsError):
        await own_page.change(token, Changes(level=5, districts=["piekary"]))
    assert await own_page.show(token) == before
    assert len(await _log(database, subscriptions)) == 1


async def test_who_complained_is_not_signed_up_by_a_link(
    own_page: OwnPage, token: str, database: Database, subscriptions: Subscriptions
) -> None:
    async with database.write() as session:
        contact = await subscriptions.contact(session, "sms", PHONE, lock=True)
        assert contact
        await subscriptions.stop(session, contact, None, Origin("staff"), reason="complaint")
    with pytest.raises(SuppressedError):
        await own_page.change(token, Changes(topics={"smog": "v2"}))
    assert (await own_page.show(token)).running == ()


@pytest.mark.parametrize("other", ["", "x", "x" * 43, "x" * 5000, "ąść"])
async def test_an_invented_token_opens_nothing(own_page: OwnPage, token: str, other: str) -> None:
    for step in (own_page.show(other), own_page.change(other, Changes(topics={})), own_page.stop(other)):
        with pytest.raises(UnknownLinkError):
            await step
    assert (await own_page.show(token)).running


async def test_an_erased_resident_has_no_page(
    own_page: OwnPage, token: str, database: Database, subscriptions: Subscriptions
) -> None:
    async with database.write() as session:
        await subscriptions.erase(session, "sms", PHONE)
    with pytest.raises(UnknownLinkError):
        await own_page.show(token)
