"""The regular work of the product that belongs to no single room."""

from datetime import timedelta

from bot.conversations import repository as conversations
from bot.handoffs import repository as handoffs
from bot.sms import repository as sms
from bot.sms.inbound import KEPT as SMS_KEPT
from bot.telegram import repository as telegram
from hub.bootstrap import Foundation
from notifier.scheduler import Job
from notifier.subscriptions import repository as subscriptions

_PURGE_HOUR, _PURGE_MINUTE = "3", "40"
# Telegram repeats an update for a day at most; a button may be pressed long after it was sent.
_UPDATE_IDS_KEPT, _BUTTONS_KEPT = timedelta(days=3), timedelta(days=90)
# A consent that was withdrawn is kept as a proof for a year (the privacy page says so).
_ENDED_CONTACTS_KEPT = timedelta(days=365)


def jobs(base: Foundation) -> list[Job]:
    """Return the reading of the sources, and the forgetting of what is older than promised."""

    async def forget_old() -> None:
        now = base.clock.now()
        async with base.database.write() as session:
            await conversations.purge(session, now - timedelta(days=base.settings.transcript_days))
            await handoffs.purge(session, now - timedelta(days=base.settings.handoff_days))
            await sms.purge(session, now - SMS_KEPT)
            await telegram.purge(session, now - _UPDATE_IDS_KEPT, now - _BUTTONS_KEPT)
            await subscriptions.purge(session, now - _ENDED_CONTACTS_KEPT)

    return [*base.sources.jobs(), Job("forget what is old", forget_old, minutes=_PURGE_MINUTE, hours=_PURGE_HOUR)]
