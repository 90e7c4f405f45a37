"""What lanes work with."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from redis.asyncio import Redis

from core.clock import Clock
from core.database import Database
from core.metrics import SendingMetrics
from notifier.limits.port import Limits
from notifier.spending.budget import Budget
from notifier.staff_notices.service import StaffNotices
from notifier.subscriptions.models import ContactRow

OpenAddress = Callable[[ContactRow], str]


@dataclass(frozen=True)
class Tools:
    """What every lane works with; limits and budgets by channel, `jitter` returns a fraction from 0 to 1."""

    database: Database
    redis: Redis
    clock: Clock
    open_address: OpenAddress
    jitter: Callable[[], float] = random.random
    limits: Mapping[str, Limits] = field(default_factory=dict)
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    notices: StaffNotices | None = None
    metrics: SendingMetrics = field(default_factory=SendingMetrics)
