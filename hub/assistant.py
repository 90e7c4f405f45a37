"""Puts the assistant together: understanding, topics, and the flows that take several turns."""

from bot.assistant import Assistant
from bot.flows.leave_message import LeaveMessage
from bot.flows.my_data import MyData, Retention
from bot.flows.subscriptions import SubscriptionFlow
from bot.flows.subsidy_check import SubsidyCheck
from bot.handoffs.service import Handoffs
from bot.handoffs.status import HandoffStatus
from bot.personal_data.holders import holders
from bot.personal_data.service import PersonalData
from bot.understanding import Understander
from content.pack import City
from content.places import PlaceResolver
from content.topics.charging.register import load_register
from content.vocabulary import load_vocabulary
from hub.bootstrap import Foundation, address_vault, sign_up
from hub.topics import Topics
from nlu.client import Parser
from notifier.subscriptions.service import Subscriptions


def understander(city: City, places: PlaceResolver, parser: Parser) -> Understander:
    """Return what understands texts about a city."""
    return Understander(places, load_vocabulary(load_register(city.folder).operator_terms()), parser)


def assistant(base: Foundation, topics: Topics, parser: Parser) -> Assistant:
    """Return the assistant over a parser."""
    secret, vault = base.settings.secret_key.get_secret_value(), address_vault(base.settings)
    handoffs = Handoffs(vault, base.clock, base.city.reference_prefix)
    data = PersonalData(base.database, holders(secret, base.texts, Subscriptions(vault, base.clock), handoffs))
    kept = Retention(base.settings.transcript_days, base.settings.handoff_days)
    return Assistant(
        base.database,
        understander(base.city, base.places, parser),
        topics.registry(),
        SubscriptionFlow(base.database, vault, base.texts, base.clock, sign_up(base.settings), base.places),
        base.clock,
        secret,
        flows=(
            SubsidyCheck(topics.programmes, base.texts, base.clock),
            LeaveMessage(base.database, vault, base.texts, handoffs, kept_days=base.settings.handoff_days),
            MyData(data, base.texts, kept),
        ),
        status=HandoffStatus(base.database, base.texts, handoffs),
    )
