"""Puts the assistant together: understanding, topics, and the flows that take several turns."""

from collections.abc import Mapping

from bot.answering import Answering
from bot.assistant import Assistant
from bot.flows.leave_message import LeaveMessage
from bot.flows.linking import Linking
from bot.flows.my_data import MyData
from bot.flows.subscriptions import SubscriptionAnswers
from bot.flows.subsidy_check import SubsidyCheck
from bot.handoffs.service import Handoffs
from bot.handoffs.status import HandoffStatus
from bot.meaning.understander import Understander
from bot.personal_data.holders import holders
from bot.personal_data.linked import LinkedPeople
from bot.personal_data.service import PersonalData
from core.ratelimit import RateLimiter
from hub.bootstrap import Foundation, address_vault, sign_up
from hub.topics import Topics
from nlu.client import Parser
from nlu.measured import MeasuredParser
from notifier.channels.base import Channel
from notifier.subscriptions.one_person import OnePerson
from notifier.subscriptions.service import Subscriptions


def assistant(
    base: Foundation, topics: Topics, parser: Parser, channels: Mapping[str, Channel] | None = None
) -> Assistant:
    """Return the assistant over a parser; over `channels` it tells residents what happened elsewhere."""
    secret, vault = base.settings.secret_key.get_secret_value(), address_vault(base.settings)
    handoffs = Handoffs(vault, base.clock, base.city.reference_prefix)
    ways = sign_up(base.settings)
    person, subscriptions = OnePerson(vault, RateLimiter(base.redis), base.clock), Subscriptions(vault, base.clock)
    keepers = holders(secret, base.texts, subscriptions, handoffs, person)
    data = PersonalData(base.database, keepers, LinkedPeople(secret, person))
    linking = Linking(base.database, person, subscriptions, base.texts, ways, channels or {})
    answering = Answering(
        Understander(base.places, base.vocabulary, MeasuredParser(parser, base.metrics.talks, base.clock)),
        topics.registry(),
        SubscriptionAnswers(base.database, vault, base.texts, base.clock, ways, base.places, linking=linking),
        (
            SubsidyCheck(topics.programmes, base.texts, base.clock),
            LeaveMessage(base.database, vault, base.texts, handoffs, base.kept),
            MyData(data, base.texts, base.kept),
        ),
        HandoffStatus(base.database, base.texts, handoffs),
        base.clock,
    )
    return Assistant(base.database, answering, base.clock, secret, base.metrics.talks)
