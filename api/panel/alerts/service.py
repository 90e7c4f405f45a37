"""What the pages of alerts share: the words of the rules in force, charts of an episode, counts of deliveries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.panel.alerts.chart import ReadingsChart, readings_chart
from api.panel.alerts.words import AlertWords
from api.panel.delivery_words import DELIVERIES
from api.panel.desk import Desk
from core.staff.actor import Actor
from notifier.alerts.models import AlertEpisodeRow
from notifier.alerts.office import RunningEpisode
from notifier.alerts.rules import INDEX, AlertRules
from notifier.deliveries.counts import DeliveryCount


@dataclass(frozen=True)
class ShownEpisode:
    """An episode with the charts of what its rules look at."""

    row: AlertEpisodeRow
    charts: tuple[ReadingsChart, ...]
    is_sample: bool


async def words_and_rules(used: Desk, actor: Actor) -> tuple[AlertWords, AlertRules]:
    """Return the rules in force and how they are spoken of."""
    rules = (await used.alert_rules.shown(actor)).in_force.rules
    return AlertWords(used.texts, rules), rules


def shown(episode: RunningEpisode, rules: AlertRules) -> ShownEpisode:
    """Return an episode with its charts: the index, and what else has a rule."""
    measures = dict.fromkeys([INDEX, *(rule.measure for rule in rules.rules)])
    charts = [readings_chart(measure, episode.hours, rules.rules) for measure in measures] if episode.hours else []
    is_sample = any(state.sample for state in episode.hours) or episode.row.sample
    return ShownEpisode(episode.row, tuple(chart for chart in charts if chart), is_sample)


def summed(outcomes: Sequence[DeliveryCount]) -> Mapping[str, int]:
    """Return how many deliveries there are in each state, in words."""
    found: dict[str, int] = {}
    for each in outcomes:
        found[DELIVERIES[each.state]] = found.get(DELIVERIES[each.state], 0) + each.count
    return found
