"""What the pages of the panel work with."""

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from bot.handoffs.service import Handoffs
from content.pack import City
from content.texts import Texts
from core.clock import Clock
from core.database import Database
from core.staff.accounts import Accounts
from core.staff.api_keys import ApiKeys
from core.staff.own_access import OwnAccess
from core.staff.sessions import Sessions
from core.staff.sign_in import SignIn


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
    public_url: str
    demo: bool


def desk(request: Request) -> Desk:
    """Return the services of the panel that a request came to."""
    return cast("Desk", request.state.desk)
