"""What residents are told about smog: the same message for every channel, with a short text for SMS."""

from dataclasses import dataclass

from content.format import decimal, polish_moment
from content.pack import City
from content.plain_text import quoted
from content.texts import Texts
from content.topics.air.notices import Notice
from notifier.alerts.air import AirState, Measure
from notifier.alerts.episodes import Episode
from notifier.alerts.rules import INDEX, AlertRules, Rule, Wording


@dataclass(frozen=True)
class AlertText:
    """The words of a message."""

    title: str
    body: str
    sms: str


class AlertWriter:
    """Fills the templates of the rules."""

    def __init__(self, rules: AlertRules, texts: Texts, city: City) -> None:
        self._rules = rules
        self._index_name = texts["air_quality_now"].say
        self._station = city.air_station.name

    def alert(self, episode: Episode, state: AirState) -> AlertText:
        """Return the alert of the episode's present level."""
        raised = [rule for rule in self._rules.rules if rule.id in episode.raised and rule.level == episode.level]
        return self._text(self._rules.levels[episode.level], raised, state)

    def all_clear(self, episode: Episode, state: AirState) -> AlertText:
        """Return the message that the episode is over."""
        of_episode = [rule for rule in self._rules.rules if rule.id in episode.seen]
        return self._text(self._rules.all_clear, of_episode, state)

    def notice(self, notice: Notice, *, sample: bool) -> AlertText:
        """Return an official notice, quoted as such."""
        rules = self._rules
        # The sentence around the quotation has its own full stop.
        precautions = quoted(notice.precautions or "").rstrip(".")
        advice = rules.notice_advice.format(precautions=precautions) if precautions else ""
        fields = {"notice": quoted(notice.norm), "advice": advice, "moment": polish_moment(notice.at)}
        return self._filled(rules.notices[notice.kind], fields, sample=sample)

    def _text(self, wording: Wording, rules: list[Rule], state: AirState) -> AlertText:
        # Two thresholds of one measure would say its value twice.
        said: dict[Measure, str | None] = {}
        for rule in rules:
            said.setdefault(rule.measure, self._says(rule, state))
        reasons = [each for each in said.values() if each]
        fields = {"moment": polish_moment(state.measured_at), "station": self._station}
        full = self._filled(wording, {**fields, "reason": " ".join(reasons)}, sample=state.sample)
        short = self._filled(wording, {**fields, "reason": " ".join(reasons[:1])}, sample=state.sample)
        return AlertText(full.title, full.body, short.sms)

    def _says(self, rule: Rule, state: AirState) -> str | None:
        """Return what a rule says of an hour, None when it was not measured then."""
        value = state.value(rule.measure)
        if value is None:
            return None
        index = self._index_name(f"level_{int(value)}").lower() if rule.measure == INDEX else ""
        return rule.says.format(index=index, value=decimal(value), threshold=decimal(rule.threshold))

    def _filled(self, wording: Wording, fields: dict[str, str], *, sample: bool) -> AlertText:
        rules = self._rules
        whose = {
            "attribution": rules.sample_attribution if sample else rules.attribution,
            "short_attribution": rules.sample_attribution if sample else rules.short_attribution,
        }
        every = {**fields, **whose}
        title = wording.title.format(**every)
        return AlertText(
            rules.sample_title.format(title=title) if sample else title,
            wording.body.format(**every),
            wording.sms.format(**every),
        )
