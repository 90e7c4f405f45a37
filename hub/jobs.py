"""The regular work of the product that belongs to no single room."""

from datetime import timedelta
from functools import partial

from bot.handoffs.notices import tell_of_messages
from content.format import polish_moment
from content.sources.status import statuses
from core.staff import clean_up as staff_clean_up
from hub.bootstrap import Foundation
from hub.messaging.alerts import Alerts
from hub.messaging.announcements import run_announcements
from hub.messaging.channels import staff_notices
from hub.retention import retention
from notifier.deliveries.health import DeliveryHealth
from notifier.scheduler import Job
from notifier.staff_notices.texts import NoticeKind
from notifier.subscriptions import repository as subscriptions

_PURGE_HOUR, _PURGE_MINUTE = "3", "40"
# Besides after each reading: a held alert has a deadline, and an episode that nothing is heard of ends.
_ALERT_MINUTES, _ANNOUNCEMENT_MINUTES, _HEALTH_MINUTES, _MESSAGE_MINUTES = "*/5", "*", "*/10", "*"
# By then residents read that the air is not known at present.
_OUTAGE_AFTER = timedelta(hours=3)


def jobs(base: Foundation) -> list[Job]:
    """Return the reading of the sources, what follows from it, and the forgetting of what is older than promised."""
    notices, alerts = staff_notices(base), Alerts(base)

    async def forget_old() -> None:
        now = base.clock.now()
        await retention(base.settings, base.database, base.clock).forget()
        async with base.database.write() as session:
            await staff_clean_up.purge(session, now)
            await subscriptions.purge_sign_ups(session, now)

    async def watch_sources() -> None:
        async with base.database.read() as session:
            known = await statuses(session)
        for source in known:
            since = source.last_success_at
            if source.failures and since and base.clock.now() - since > _OUTAGE_AFTER:
                key = f"{NoticeKind.SOURCE_OUTAGE}:{source.name}:{since.isoformat()}"
                await notices.tell(NoticeKind.SOURCE_OUTAGE, key, source=source.name, since=polish_moment(since))

    return [
        *base.sources.jobs(after_air=alerts.run),
        Job("alerts", alerts.run, minutes=_ALERT_MINUTES),
        Job("announcements", partial(run_announcements, base), minutes=_ANNOUNCEMENT_MINUTES),
        Job(
            "messages for the office",
            partial(tell_of_messages, base.database, base.clock, notices, base.settings.public_url),
            minutes=_MESSAGE_MINUTES,
        ),
        Job("deliveries", DeliveryHealth(base.database, base.clock, notices).check, minutes=_HEALTH_MINUTES),
        Job("sources", watch_sources, minutes=_HEALTH_MINUTES),
        Job("forget what is old", forget_old, minutes=_PURGE_MINUTE, hours=_PURGE_HOUR),
    ]
