"""What happens at the same time, on both engines."""

import asyncio
from datetime import timedelta

from core.staff.actor import CONSOLE
from core.staff.errors import SignInRefusedError, TooManyTriesError
from core.staff.permissions import Role
from tests.core.staff.conftest import HERE, OWN_PASSWORD, Office


async def test_guesses_at_the_same_time_are_counted_each(office: Office) -> None:
    await office.hire()
    guesses = [office.sign_in.by_password("Anna Nowak", "zgaduję", HERE) for _ in range(9)]
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert sum(type(result) is SignInRefusedError for result in results) == 5
    assert sum(type(result) is TooManyTriesError for result in results) == 4


async def test_one_code_typed_twice_at_the_same_time_lets_in_once(office: Office) -> None:
    secret, _ = await office.with_second_factor()
    office.clock.advance(timedelta(seconds=30))
    first, second, code = (
        await office.enter("Anna Nowak", OWN_PASSWORD),
        await office.enter("Anna Nowak", OWN_PASSWORD),
        office.code(secret),
    )
    tries = [office.sign_in.by_code(half, code) for half in (first, second)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(result, str) for result in results) == 1


async def test_two_administrators_who_disable_each_other_leave_one(office: Office) -> None:
    first = (await office.settle("Jan Kos", Role.ADMINISTRATOR)).account
    second = (await office.settle("Ewa Lis", Role.ADMINISTRATOR)).account
    steps = [office.accounts.disable(first.actor, second.id), office.accounts.disable(second.actor, first.id)]
    await asyncio.gather(*steps, return_exceptions=True)
    assert sum(not each.is_disabled for each in await office.accounts.listed(CONSOLE)) == 1
