"""`hub staff …`: let people into the panel when nobody is in it yet, or nobody can get in any more."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.panel.words import NAME_FAULTS
from content.format import polish_moment
from core.clock import SystemClock
from core.database import Database
from core.errors import HubError
from core.settings import Settings
from core.staff.account import Account
from core.staff.accounts import Accounts, Invited
from core.staff.actor import CONSOLE
from core.staff.api_keys import ApiKeys
from core.staff.errors import LastAdministratorError, NameRefusedError, StaffError
from core.staff.passwords import Passwords
from core.staff.permissions import KEY_SCOPES, Role
from hub.commands.base import newest_database
from nlu.judging.report import Table, as_text

_TAKEN = "Jest już takie konto. Nowe hasło daje polecenie: hub staff reset NAZWA"


async def key(settings: Settings, name: str) -> None:
    """Make a key with which a program writes announcements, and print it for the only time."""
    async with _database(settings) as database:
        token = await ApiKeys(database, SystemClock()).create(CONSOLE, name, KEY_SCOPES)
    print(f"Klucz programu „{name}”, pokazany tylko teraz: {token}")


async def add(settings: Settings, name: str, role: str) -> None:
    """Add an account and print its one-time password."""
    async with _accounts(settings) as accounts:
        _print(settings, await accounts.add(CONSOLE, name, Role(role)))


async def reset(settings: Settings, name: str) -> None:
    """Take password and second factor from an account and print a new one-time password."""
    async with _accounts(settings) as accounts:
        _print(settings, await accounts.reset(CONSOLE, (await _find(accounts, name)).id))


async def disable(settings: Settings, name: str) -> None:
    """Let somebody in no longer."""
    async with _accounts(settings) as accounts:
        found = await _find(accounts, name)
        await accounts.disable(CONSOLE, found.id)
    print(f"Konto {found.name} jest wyłączone, jego sesje są zakończone.")


async def list_staff(settings: Settings) -> None:
    """Print every account."""
    async with _accounts(settings) as accounts:
        rows = [_row(account) for account in await accounts.listed(CONSOLE)]
    columns = ("nazwa", "rola", "drugi składnik", "ostatnie logowanie", "konto")
    print(as_text([Table(f"Konta: {len(rows)}", columns, rows)]) if rows else "Nie ma jeszcze żadnego konta.")


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database; what is refused is told in Polish."""
    try:
        async with newest_database(settings) as database:
            yield database
    except StaffError as error:
        raise HubError(_refusal(error)) from error


@asynccontextmanager
async def _accounts(settings: Settings) -> AsyncIterator[Accounts]:
    async with _database(settings) as database:
        yield Accounts(database, SystemClock(), Passwords())


async def _find(accounts: Accounts, name: str) -> Account:
    found = await accounts.find(name)
    if found is None:
        message = f"Nie ma konta „{name}”. Konta pokazuje polecenie: hub staff list"
        raise HubError(message)
    return found


def _refusal(error: StaffError) -> str:
    match error:
        case NameRefusedError(fault=fault):
            return _TAKEN if fault == "taken" else NAME_FAULTS[fault]
        case LastAdministratorError():
            return "To jedyny administrator. Najpierw trzeba dodać drugiego."
        case _:
            return str(error)


def _row(account: Account) -> tuple[str, ...]:
    signed_in = polish_moment(account.signed_in_at) if account.signed_in_at else "nigdy"
    factor = "jest" if account.has_second_factor else "brak"
    return account.name, account.role.value, factor, signed_in, "wyłączone" if account.is_disabled else "czynne"


def _print(settings: Settings, invited: Invited) -> None:
    print(f"Konto: {invited.name}\nHasło jednorazowe, ważne 48 godzin: {invited.password}")
    print(f"Logowanie: {settings.pages_url}/panel")
