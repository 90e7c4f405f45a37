"""Every table of the product, gathered from the features that own them."""

from bot.conversations import models as conversations
from bot.handoffs import models as handoffs
from bot.handoffs.letters import models as letters
from bot.ratings import models as ratings
from bot.sms import models as sms
from bot.teaching import models as teaching
from bot.telegram import models as telegram
from content.sources import status as sources
from content.text_versions import models as texts
from content.topics.air import models as air
from content.topics.charging import models as charging
from content.topics.events import models as events
from core.audit import models as audit
from core.database import Base
from core.processes import models as processes
from core.retention import models as retention
from core.staff import models as staff
from nlu.shared import models as shared_models
from notifier.alerts import models as alerts
from notifier.announcements import models as announcements
from notifier.banners import models as banners
from notifier.broadcasts import models as broadcasts
from notifier.channels.log import models as outbox
from notifier.deliveries import models as deliveries
from notifier.samples import models as samples
from notifier.scheduler import models as runs
from notifier.spending import models as spending
from notifier.staff_notices import models as notices
from notifier.subscriptions import models as subscriptions

metadata = Base.metadata
OWNERS = (
    *(air, alerts, announcements, audit, broadcasts, charging, conversations, deliveries, events, handoffs),
    *(letters, notices, outbox, ratings, retention, runs, sms, sources, spending, staff, subscriptions, telegram),
    *(banners, processes, samples, shared_models, teaching, texts),
)
