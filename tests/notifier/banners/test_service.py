"""Of several banners the most urgent is shown, only in its time and only when two people wanted it."""

from datetime import timedelta

import pytest

from core.database import Database
from core.staff.actor import Actor
from core.staff.errors import PermissionRefusedError
from core.staff.permissions import PERMISSIONS, Role
from notifier.banners.errors import BannerRefusedError, OwnBannerError, UnknownBannerError
from notifier.banners.service import LONGEST, Banners, NewBanner
from tests.fakes import FrozenClock

ANNA = Actor("Anna Żak", PERMISSIONS[Role.EDITOR])
JAN = Actor("Jan Kos", PERMISSIONS[Role.APPROVER])
HOUR = timedelta(hours=1)


@pytest.fixture
def banners(database: Database, clock: FrozenClock) -> Banners:
    return Banners(database, clock)


async def _shown(banners: Banners) -> str | None:
    row = await banners.current()
    return row.text if row else None


async def _put_up(banners: Banners, clock: FrozenClock, text: str, level: str, start: timedelta = HOUR) -> int:
    new = NewBanner(text, level, clock.now() + start, clock.now() + start + 2 * HOUR)
    number = await banners.propose(ANNA, new)
    await banners.approve(JAN, number)
    return number


async def test_the_most_urgent_one_is_shown_in_its_time(banners: Banners, clock: FrozenClock) -> None:
    await _put_up(banners, clock, "Zagrożenie.", "danger", 2 * HOUR)
    await _put_up(banners, clock, "Informacja.", "info")
    await banners.propose(ANNA, NewBanner("Nikt nie zatwierdził.", "danger", clock.now(), clock.now() + 9 * HOUR))
    seen = []
    for _ in range(5):
        seen.append(await _shown(banners))
        clock.advance(HOUR)
    assert seen == [None, "Informacja.", "Zagrożenie.", "Zagrożenie.", None]


async def test_one_that_is_taken_down_leaves_the_other(banners: Banners, clock: FrozenClock) -> None:
    await _put_up(banners, clock, "Informacja.", "info")
    number = await _put_up(banners, clock, "Zagrożenie.", "danger")
    clock.advance(HOUR)
    await banners.withdraw(ANNA, number)
    assert await _shown(banners) == "Informacja."
    with pytest.raises(UnknownBannerError):
        await banners.withdraw(JAN, number)


async def test_nobody_approves_their_own_or_what_is_not_theirs_to_approve(banners: Banners, clock: FrozenClock) -> None:
    both = Actor("Ewa Lis", PERMISSIONS[Role.EDITOR] | PERMISSIONS[Role.APPROVER])
    number = await banners.propose(both, NewBanner("Awaria.", "info", clock.now(), clock.now() + HOUR))
    with pytest.raises(OwnBannerError):
        await banners.approve(both, number)
    with pytest.raises(PermissionRefusedError):
        await banners.approve(ANNA, number)
    with pytest.raises(PermissionRefusedError):
        await banners.withdraw(Actor("Ola", PERMISSIONS[Role.ANALYST]), number)
    clock.advance(HOUR)
    with pytest.raises(UnknownBannerError):
        await banners.approve(JAN, number)
    assert await _shown(banners) is None


async def test_a_banner_for_ever_is_refused(banners: Banners, clock: FrozenClock) -> None:
    start = clock.now() - HOUR
    with pytest.raises(BannerRefusedError, match="too long time"):
        await banners.propose(ANNA, NewBanner("Awaria.", "info", start, clock.now() + LONGEST + HOUR))
    await banners.propose(ANNA, NewBanner("Awaria.", "info", start, clock.now() + LONGEST))
