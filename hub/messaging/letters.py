"""Puts together what carries the office's replies to residents, over the channels that a process sends on."""

from bot.handoffs.letters.carrier import LetterCarrier
from bot.handoffs.letters.service import Letters
from hub.bootstrap import Foundation, address_vault
from hub.messaging.channels import budgets, limits
from notifier.channels.base import Channel
from notifier.channels.registry import chosen


def letter_carrier(base: Foundation, every: dict[str, Channel], names: str = "") -> LetterCarrier:
    """Return the carrier of the channels that `names` lists by commas, of all of them without names.

    Raises:
        ConfigurationError: there is no channel of such a name.
    """
    letters = Letters(base.database, address_vault(base.settings), base.clock, base.texts)
    return LetterCarrier(
        letters, base.database, base.clock, chosen(every, names), limits=limits(base), budgets=budgets(base)
    )
