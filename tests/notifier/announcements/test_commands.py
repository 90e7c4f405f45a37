"""The command line: one person announces, another approves."""

import re
from pathlib import Path

import pytest

from core.errors import HubError
from core.settings import Settings
from hub.commands.broadcast import announce, approve, show
from tests.notifier.announcements.office import BODY, TITLE
from tests.notifier.deliveries.world import World


@pytest.fixture
def settings(world: World, tmp_path: Path) -> Settings:
    return Settings(database_url=world.database.url.render_as_string(hide_password=False), var_dir=tmp_path)


async def _announced(settings: Settings, capsys: pytest.CaptureFixture[str]) -> int:
    await announce(settings, TITLE, BODY, "Anna Żak")
    told = capsys.readouterr().out
    number = re.search(r'hub broadcast approve (\d+) --by "NAME"', told)
    assert number, told
    return int(number[1])


async def test_an_announcement_is_read_approved_and_sent(
    settings: Settings, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    await world.subscribe(2, topic="announcements")
    number = await _announced(settings, capsys)
    assert await world.deliveries() == []
    await show(settings, number)
    shown = capsys.readouterr().out
    assert shown == f"Announcement {number}, in_review, written by Anna Żak:\n\n{TITLE}\n{BODY}\n"
    await approve(settings, number, "Piotr Lis")
    assert capsys.readouterr().out == f"Announcement {number} is published; recipients: 2.\n"
    assert len(await world.deliveries()) == 2


async def test_the_author_cannot_approve(settings: Settings, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    await world.subscribe(topic="announcements")
    number = await _announced(settings, capsys)
    with pytest.raises(HubError) as refused:
        await approve(settings, number, "anna żak")
    assert str(refused.value) == (
        f"Announcement {number} cannot be approved by anna żak: "
        "ask a person who did not write or edit it to approve it."
    )
    assert await world.deliveries() == []


async def test_approving_what_is_published_sends_nothing(
    settings: Settings, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    await world.subscribe(topic="announcements")
    number = await _announced(settings, capsys)
    await approve(settings, number, "Piotr Lis")
    with pytest.raises(HubError, match="is sending, so it takes no approve: it is on its way"):
        await approve(settings, number, "Ewa Kos")
    assert len(await world.deliveries()) == 1
