"""Signing up on the web: nothing starts before the code that went to the number comes back (double opt-in)."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import timedelta

from redis.exceptions import RedisError
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.crypto import AddressVault
from core.database import Database
from core.errors import HubError
from core.logging import get_logger
from core.ratelimit import Claim, Rate, RateLimiter
from core.secrets import new_code, new_token
from notifier.spending.budget import Budget, next_day
from notifier.subscriptions.addresses import normalise
from notifier.subscriptions.choices import choose_districts
from notifier.subscriptions.links import Links
from notifier.subscriptions.models import SignUpRow
from notifier.subscriptions.repository import purge_sign_ups
from notifier.subscriptions.service import Subscriptions
from notifier.subscriptions.suppression import reason_against
from notifier.subscriptions.topics import Origin, Topic

_log = get_logger(__name__)

CODE_LASTS = timedelta(minutes=10)
CODE_DIGITS = 6
TRIES = 5
CODES = 3
"""Codes of one sign-up, the first one and those asked for again."""
PER_NUMBER = Rate(every=timedelta(minutes=20), burst=3)
PER_CALLER = Rate(every=timedelta(minutes=5), burst=5)
PER_RANGE = Rate(every=timedelta(minutes=2), burst=20)
"""Ten thousand neighbouring numbers, such as are rented to earn from each SMS ("SMS pumping")."""
IN_ALL = Rate(every=timedelta(seconds=20), burst=300)
"""The whole city."""
SHARE_OF_BUDGET = 0.5
"""How much of a day's budget may be spent when a code still goes out; whoever floods them leaves the rest to alerts."""
_CHANNEL = "sms"
_RANGE_CHARACTERS = 8
_WEB = Origin("web")

SendCode = Callable[[str, str], Awaitable[None]]
"""Sends a code (second) to a number in E.164 (first); its errors are its own, the resident asks for another code."""


class CodesRefusedError(HubError):
    """No further code is sent now: too many were asked for, or they cannot be counted."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__("Too many codes were asked for: wait before the next one.")


class BudgetSpentError(HubError):
    """The day's budget of SMS leaves nothing for codes; `wait` is until the next one begins."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__("No more codes are sent today: the budget of SMS is spent.")


class CodeExpiredError(HubError):
    """The sign-up is over: its code is too old, was tried too often, or there never was one."""

    def __init__(self) -> None:
        super().__init__("The code is no longer valid: ask for a new one.")


class WrongCodeError(HubError):
    """It was another code; `tries_left` is at least one."""

    def __init__(self, tries_left: int) -> None:
        self.tries_left = tries_left
        super().__init__("The code is wrong: check it in the message and try again.")


@dataclass(frozen=True)
class Purse:
    """The budget of SMS, and how many parts of it one code takes."""

    budget: Budget
    parts: int


@dataclass(frozen=True)
class Wishes:
    """What is signed up for, and the version of each topic's text to which the resident agreed on the page."""

    text_versions: dict[Topic, str]
    districts: tuple[str, ...] = ()


class SignUps:
    """Asks for a code, and starts the subscriptions when it comes back; each step is a unit of work of its own."""

    def __init__(
        self,
        database: Database,
        vault: AddressVault,
        limiter: RateLimiter,
        clock: Clock,
        send_code: SendCode,
        purse: Purse,
    ) -> None:
        self._database = database
        self._vault = vault
        self._limiter = limiter
        self._clock = clock
        self._send_code = send_code
        self._purse = purse
        self._subscriptions = Subscriptions(vault, clock)
        self._links = Links(vault)

    async def ask(self, phone: str, wishes: Wishes, caller: str) -> str:
        """Send a code to a number and return the ticket of the sign-up; a number that is known gets one, too.

        `caller` is the network address that asks; it is counted by its digest.

        Raises:
            AddressRefusedError: it is no Polish mobile number.
            CodesRefusedError: too many codes to this number or from this caller.
            BudgetSpentError: nothing is left for codes today.
        """
        number = normalise(_CHANNEL, phone)
        await self._count(number, caller)
        ticket, code = new_token(), new_code(CODE_DIGITS)
        digest = self._ticket(ticket)
        async with self._database.write() as session:
            await purge_sign_ups(session, self._clock.now())
            session.add(
                SignUpRow(
                    ticket_digest=digest,
                    address_sealed=self._vault.seal(number, sign_up_place(digest)),
                    code_digest=self._code(digest, code),
                    tries_left=TRIES,
                    codes_left=CODES - 1,
                    wishes=asdict(wishes),
                    expires_at=self._clock.now() + CODE_LASTS,
                )
            )
            may_send = await self._pays_for(session, number)
        if may_send:
            await self._send_code(number, code)
        return ticket

    async def ask_again(self, ticket: str, caller: str) -> None:
        """Send a new code for a sign-up; the one before stops working, and the tries start anew.

        Raises:
            CodeExpiredError: the sign-up is over.
            CodesRefusedError: too many codes for it, to this number or from this caller.
            BudgetSpentError: nothing is left for codes today.
        """
        digest, code = self._ticket(ticket), new_code(CODE_DIGITS)
        async with self._database.read() as session:
            number = self._number(await self._waiting(session, digest))
        await self._count(number, caller)
        async with self._database.write() as session:
            row = await self._waiting(session, digest)
            if row.codes_left < 1:
                raise CodesRefusedError(row.expires_at - self._clock.now())
            row.codes_left -= 1
            row.code_digest, row.tries_left = self._code(digest, code), TRIES
            row.expires_at = self._clock.now() + CODE_LASTS
            may_send = await self._pays_for(session, number)
        if may_send:
            await self._send_code(number, code)

    async def confirm(self, ticket: str, code: str) -> str:
        """Start what the sign-up asked for and return the token of the resident's own page.

        Raises:
            CodeExpiredError: the code is too old, was tried too often, or there is no such sign-up.
            WrongCodeError: it is another code.
        """
        digest = self._ticket(ticket)
        async with self._database.write() as session:
            row = await self._waiting(session, digest)
            is_right = hmac.compare_digest(row.code_digest, self._code(digest, code.strip()))
            tries_left = row.tries_left = row.tries_left - 1
            token = await self._start(session, row) if is_right else None
        if token is not None:
            return token
        # Raised after the unit of work, so that the try is counted.
        if tries_left > 0:
            raise WrongCodeError(tries_left)
        raise CodeExpiredError

    async def _start(self, session: AsyncSession, row: SignUpRow) -> str:
        number = self._number(row)
        for topic, version in row.wishes["text_versions"].items():
            await self._subscriptions.subscribe(session, _CHANNEL, number, topic, text_version=version, origin=_WEB)
        contact = await self._subscriptions.contact(session, _CHANNEL, number, lock=True)
        if contact is None:
            raise CodeExpiredError
        if row.wishes["districts"]:
            await choose_districts(session, contact, row.wishes["districts"])
        await session.delete(row)
        _log.info("web_sign_up_confirmed", contact=contact.id)
        return await self._links.issue(session, contact)

    async def _waiting(self, session: AsyncSession, digest: str) -> SignUpRow:
        row = await session.get(SignUpRow, digest, with_for_update=True)
        if row is None or row.tries_left < 1 or row.expires_at <= self._clock.now():
            raise CodeExpiredError
        return row

    async def _pays_for(self, session: AsyncSession, number: str) -> bool:
        """Pay for a code to the number; False for whoever complained, who comes back only by writing to us.

        The budget is asked first: what a spent one answers says nothing about the number.
        """
        now, purse = self._clock.now(), self._purse
        if not await purse.budget.take(session, purse.parts, now, SHARE_OF_BUDGET):
            raise BudgetSpentError(next_day(now))
        digest = self._subscriptions.digest(_CHANNEL, number)
        if await reason_against(session, _CHANNEL, digest) != "complaint":
            return True
        await purse.budget.give_back(session, purse.parts, now)
        return False

    async def _count(self, number: str, caller: str) -> None:
        claims = [
            Claim(f"code:caller:{self._vault.digest(caller)}", PER_CALLER),
            Claim(f"code:number:{self._vault.digest(number)}", PER_NUMBER),
            Claim(f"code:range:{self._vault.digest(number[:_RANGE_CHARACTERS])}", PER_RANGE),
            Claim("code:all", IN_ALL),
        ]
        try:
            reserved = await self._limiter.reserve(claims)
        except RedisError as error:
            # Codes that nobody counts are an invitation to make the city pay for SMS without end.
            raise CodesRefusedError(PER_NUMBER.every) from error
        if not reserved.granted:
            raise CodesRefusedError(reserved.wait)

    def _number(self, row: SignUpRow) -> str:
        return self._vault.open(row.address_sealed, sign_up_place(row.ticket_digest))

    def _ticket(self, ticket: str) -> str:
        return self._vault.digest(f"ticket:{ticket}")

    def _code(self, ticket_digest: str, code: str) -> str:
        return self._vault.digest(f"code:{ticket_digest}:{code}")


def sign_up_place(ticket_digest: str) -> str:
    """Return the context that ties a sealed address to its own row."""
    return f"sign_ups.address_sealed:{ticket_digest}"
