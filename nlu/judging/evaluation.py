"""How well the residents' sentences are understood: every figure of one model on the development sentences."""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import AwareDatetime, BaseModel

from nlu.judging.calibration import Calibration, calibrate
from nlu.judging.outcome import Outcome, Reader, Result, Sentence, expected_intent, outcomes, read_set
from nlu.judging.variants import folded, with_typo


class Foreign(BaseModel, frozen=True):
    """Foreign sentences of one kind: shares (0 to 1) that were taken for a topic of ours, or asked back about one."""

    sentences: int
    answered: float
    offered: float


class Figures(BaseModel, frozen=True):
    """Shares are 0 to 1. `accuracy` and `macro_f1` judge the model's first guess over all sentences.

    The others judge what a resident got: those up to `score` over the sentences in scope; `score` is the share
    answered right and half of what was asked back with the right intent among the offers.
    """

    sentences: int
    accuracy: float
    macro_f1: float
    right: float
    offered_right: float
    offered_wrong: float
    wrong: float
    refused: float
    score: float
    foreign: Foreign
    foreign_kinds: dict[str, Foreign]


class IntentFigures(BaseModel, frozen=True):
    """One intent: `recall` of the model's first guess, and the share answered right."""

    sentences: int
    recall: float
    right: float


class Latency(BaseModel, frozen=True):
    """Milliseconds of one parse, asked one after the other."""

    p50: float
    p95: float


class SetResult(BaseModel, frozen=True):
    """A set that is judged right or wrong item by item, such as places or dialogues; `wrong` describes the others."""

    items: int
    right: int
    false_alarms: int = 0
    wrong: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """Share of the items that are right, 0 to 1."""
        return self.right / self.items


class Evaluation(BaseModel, frozen=True):
    """Everything that was measured of one model; `written` is the sentences as they stand in the sets.

    `taught` are sentences of staff: they judge nothing, but staff want to see that they were learned.
    """

    model: str
    at: AwareDatetime
    written: Figures
    folded: Figures
    typo: Figures
    intents: dict[str, IntentFigures]
    confusions: tuple[tuple[str, str, int], ...]
    calibration: Calibration
    latency: Latency
    places: SetResult | None = None
    dialogues: SetResult | None = None
    outcomes: tuple[Outcome, ...]
    taught: tuple[Outcome, ...] = ()


async def evaluate(
    model: str,
    at: AwareDatetime,
    read: Reader,
    sentences: Sequence[Sentence],
    sets: Mapping[str, SetResult],
) -> Evaluation:
    """Have the sentences read as written, without Polish letters and with one typo each; `sets` were judged before."""
    if not sentences:
        raise ValueError("there are no sentences to evaluate with")
    written = await outcomes(read, sentences)
    return Evaluation(
        model=model,
        at=at,
        written=figures(written),
        folded=figures(await outcomes(read, folded(sentences))),
        typo=figures(await outcomes(read, with_typo(sentences))),
        intents=_by_intent(written),
        confusions=_confusions(written),
        calibration=calibrate([(o.reading.confidence, o.reading.guess == o.expected) for o in written]),
        latency=_latency([outcome.reading.seconds * 1000 for outcome in written]),
        places=sets.get("places"),
        dialogues=sets.get("dialogues"),
        outcomes=written,
    )


def read_sentences(path: Path) -> list[tuple[str, str]]:
    """Return (expected intent, sentence) pairs of a YAML file that lists sentences under their intents."""
    return [(expected_intent(key), text) for key, text in read_set(path)]


def figures(all_outcomes: Sequence[Outcome]) -> Figures:
    """Return the figures of some sentences."""
    own = [outcome for outcome in all_outcomes if not outcome.is_foreign]
    foreign = [outcome for outcome in all_outcomes if outcome.is_foreign]
    share = _shares(own)
    return Figures(
        sentences=len(all_outcomes),
        accuracy=sum(outcome.reading.guess == outcome.expected for outcome in all_outcomes) / len(all_outcomes),
        macro_f1=_macro_f1(all_outcomes),
        right=share[Result.RIGHT],
        offered_right=share[Result.OFFERED_RIGHT],
        offered_wrong=share[Result.OFFERED_WRONG],
        wrong=share[Result.WRONG],
        refused=share[Result.REFUSED],
        score=share[Result.RIGHT] + share[Result.OFFERED_RIGHT] / 2,
        foreign=_foreign(foreign),
        foreign_kinds={kind: _foreign([o for o in foreign if o.key == kind]) for kind in {o.key for o in foreign}},
    )


def _shares(some: Sequence[Outcome]) -> dict[Result, float]:
    counts = Counter(outcome.result for outcome in some)
    return {result: counts[result] / max(len(some), 1) for result in Result}


def _foreign(some: Sequence[Outcome]) -> Foreign:
    share = _shares(some)
    return Foreign(sentences=len(some), answered=share[Result.WRONG], offered=share[Result.OFFERED_WRONG])


def _macro_f1(some: Sequence[Outcome]) -> float:
    """Return the mean F1 over the expected intents, of the model's first guess."""
    expected = Counter(outcome.expected for outcome in some)
    guessed = Counter(outcome.reading.guess for outcome in some)
    hits = Counter(outcome.expected for outcome in some if outcome.reading.guess == outcome.expected)
    return sum(2 * hits[name] / (count + guessed[name]) for name, count in expected.items()) / len(expected)


def _by_intent(some: Sequence[Outcome]) -> dict[str, IntentFigures]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in some:
        groups.setdefault(outcome.expected, []).append(outcome)
    return {
        name: IntentFigures(
            sentences=len(group),
            recall=sum(outcome.reading.guess == name for outcome in group) / len(group),
            right=sum(outcome.result is Result.RIGHT for outcome in group) / len(group),
        )
        for name, group in groups.items()
    }


def _confusions(some: Sequence[Outcome]) -> tuple[tuple[str, str, int], ...]:
    """Return (expected, guessed, how often) of the model's wrong first guesses, the most frequent first."""
    pairs = Counter((o.expected, o.reading.guess) for o in some if o.reading.guess != o.expected)
    return tuple((e, g, n) for (e, g), n in sorted(pairs.items(), key=lambda entry: (-entry[1], entry[0])))


def _latency(milliseconds: Sequence[float]) -> Latency:
    if len(milliseconds) == 1:
        return Latency(p50=milliseconds[0], p95=milliseconds[0])
    twentieths = statistics.quantiles(milliseconds, n=20, method="inclusive")
    return Latency(p50=twentieths[9], p95=twentieths[18])
