"""What a request asks for: the chosen period, and the figures that belong to it."""

from dataclasses import dataclass

from fastapi import Request

from api.panel.desk import Desk
from api.panel.forms import query
from api.panel.numbers import service
from api.panel.numbers.links import Links
from api.panel.numbers.period_choice import Choice, chosen
from api.panel.numbers.reach_tables import Reach
from api.panel.numbers.service import TalkFigures
from api.panel.refusals import Refused
from api.panel.visit import Visit
from core.period import Period
from notifier.statistics.figures import Sent


@dataclass(frozen=True)
class Reading:
    """A visitor who reads figures of a period."""

    used: Desk
    visit: Visit
    choice: Choice

    @classmethod
    def of(cls, request: Request, visit: Visit, used: Desk) -> "Reading":
        """Return what a request asks for."""
        return cls(used, visit, chosen(query(request), used.clock.now()))

    @property
    def period(self) -> Period:
        """The chosen period.

        Raises:
            Refused: what was typed is none.
        """
        if self.choice.period is None:
            raise Refused(422, self.choice.fault)
        return self.choice.period

    @property
    def links(self) -> Links:
        """Where figures lead this visitor."""
        return Links(self.visit.actor, self.choice, self.period)

    async def talks(self) -> TalkFigures:
        """Return the talks of the period."""
        return await service.talks(self.used, self.visit.actor, self.period)

    async def reach(self) -> Reach:
        """Return the subscribers, and the messages of the period."""
        figures = await service.reach(self.used, self.visit.actor, self.period)
        return Reach(figures, self.links, self.used.newsroom.districts, self.used.sms_price)

    async def sent(self) -> Sent:
        """Return the messages of the period."""
        return await service.sent(self.used, self.visit.actor, self.period)
