"""The messages of the city behind a figure."""

from api.panel.delivery_words import DELIVERIES, failure
from api.panel.forms import Fields
from api.panel.numbers.links import Links
from api.panel.numbers.reach_tables import messages
from api.panel.numbers.table import Table
from api.panel.refusals import NOT_HERE, Refused
from api.panel.words import CHANNELS
from notifier.deliveries.states import DeliveryState
from notifier.statistics.figures import Sent


def messages_behind(sent: Sent, links: Links, fields: Fields) -> Table:
    """Return the messages whose deliveries a reason struck or that came to a state, on the channel that fields name.

    Raises:
        Refused: there is no such figure.
    """
    channel, reason = fields.text("kanal"), fields.text("powod")
    name = CHANNELS.get(channel, channel)
    if reason:
        return messages(sent.struck(channel, reason), links, f"{name}: {failure(reason)}")
    state = next((state for state in DeliveryState if state.value == fields.text("wynik")), None)
    if state is None:
        raise Refused(404, NOT_HERE)
    return messages(sent.with_outcome(channel, state), links, f"{name}: {DELIVERIES[state]}")
