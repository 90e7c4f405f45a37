"""Puts the staff panel together, and the accounts that the demo shows."""

from api.panel.desk import Desk
from bot.handoffs.service import Handoffs
from content.pack import City
from content.texts import Texts
from core.clock import Clock
from core.database import Database
from core.settings import Settings
from core.staff.accounts import Accounts, Invited
from core.staff.actor import CONSOLE
from core.staff.api_keys import ApiKeys
from core.staff.own_access import OwnAccess
from core.staff.passwords import Passwords
from core.staff.permissions import Role
from core.staff.sessions import Sessions
from core.staff.sign_in import SignIn
from hub.bootstrap import address_vault
from hub.messaging.alerts import alert_office, rule_office
from hub.messaging.channels import sms_budget
from hub.retention import retention
from hub.understanding.teaching import lessons, trainings
from hub.web.health import health
from hub.web.newsroom import newsroom
from notifier.pricing import SegmentPrice

_DEMO_STAFF = {
    "redaktorka": Role.EDITOR,
    "zatwierdzający": Role.APPROVER,
    "administratorka": Role.ADMINISTRATOR,
}


def desk(
    settings: Settings, clock: Clock, database: Database, city: City, texts: Texts, passwords: Passwords | None = None
) -> Desk:
    """Return what the pages of the panel work with; only the demo lets people in without a second factor."""
    vault, hashing, is_demo = address_vault(settings), passwords or Passwords(), settings.is_demo
    sessions = Sessions(database, clock, second_factor_needed=not is_demo)
    return Desk(
        city=city,
        clock=clock,
        database=database,
        texts=texts,
        handoffs=Handoffs(vault, clock, city.reference_prefix),
        sign_in=SignIn(database, clock, vault, hashing, sessions),
        sessions=sessions,
        own_access=OwnAccess(database, clock, vault, hashing, sessions),
        accounts=Accounts(database, clock, hashing),
        keys=ApiKeys(database, clock),
        alerts=alert_office(settings, clock, database, city),
        alert_rules=rule_office(settings, clock, database, city, texts),
        health=health(settings, clock, database, city, texts),
        public_url=settings.public_url,
        demo=is_demo,
        retention=retention(settings, database, clock),
        sms_price=SegmentPrice(settings.sms_price),
        newsroom=newsroom(settings, clock, database, city),
        lessons=lessons(database, clock, city),
        trainings=trainings(settings, database, clock),
        sms_budget=sms_budget(settings),
    )


async def demo_staff(database: Database, clock: Clock) -> list[Invited]:
    """Return fresh one-time passwords of the demo's accounts; the passwords before no longer count."""
    accounts = Accounts(database, clock, Passwords())
    invited = []
    for name, role in _DEMO_STAFF.items():
        known = await accounts.find(name)
        invited.append(await accounts.reset(CONSOLE, known.id) if known else await accounts.add(CONSOLE, name, role))
    return invited
