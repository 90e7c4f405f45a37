"""What the pages of the panel work with."""

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from api.panel.announcements.newsroom import Newsroom
from api.panel.health.reading import Health
from bot.handoffs.service import Handoffs
from bot.teaching.lessons import Lessons
from bot.teaching.trainings import Trainings
from content.pack import City
from content.texts import Texts
from core.clock import Clock
from core.database import Database
from core.retention.service import Retention
from core.staff.accounts import Accounts
from core.staff.api_keys import ApiKeys
from core.staff.own_access import OwnAccess
from core.staff.sessions import Sessions
from core.staff.sign_in import SignIn
from notifier.alerts.office import AlertOffice
from notifier.alerts.rule_office import RuleOffice
from notifier.pricing import SegmentPrice
from notifier.spending.budget import Budget


@dataclass(frozen=True)
class Desk:
    """The services of the panel; `public_url` is the address under which staff reach it, empty in the demo."""

    city: City
    clock: Clock
    database: Database
    texts: Texts
    handoffs: Handoffs
    sign_in: SignIn
    sessions: Sessions
    own_access: OwnAccess
    accounts: Accounts
    keys: ApiKeys
    alerts: AlertOffice
    alert_rules: RuleOffice
    health: Health
    public_url: str
    demo: bool
    retention: Retention
    sms_price: SegmentPrice
    sms_budget: Budget
    newsroom: Newsroom
    lessons: Lessons
    trainings: Trainings


def desk(request: Request) -> Desk:
    """Return the services of the panel that a request came to."""
    return cast("Desk", request.state.desk)
