"""How well the model understands: figures over sentences whose intent is known."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.client import Parser, Ranking

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Report:
    """Shares are 0 to 1; `accepted_out_of_scope` is the share of foreign sentences taken for a topic of ours."""

    sentences: int
    accuracy: float
    macro_f1: float
    recall: dict[str, float]
    accepted_out_of_scope: float
    confusions: tuple[tuple[str, str, int], ...]


def read_sentences(path: Path) -> list[tuple[str, str]]:
    """Return (expected intent, sentence) pairs of a YAML file that lists sentences under their intents."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [(intent, str(sentence)) for intent, sentences in listed.items() for sentence in sentences]


async def evaluate(
    parser: Parser,
    sentences: Iterable[tuple[str, str]],
    prepare: Callable[[str], str],
    accept_at: float,
) -> Report:
    """Parse each sentence after `prepare` (which puts the place token in) and score the rankings."""
    return score([(expected, (await parser.parse(prepare(text))).ranking) for expected, text in sentences], accept_at)


def score(results: Sequence[tuple[str, Ranking]], accept_at: float) -> Report:
    """Score (expected intent, ranking) pairs; from probability `accept_at` on an intent would be answered."""
    if not results:
        raise ValueError("there is nothing to score")
    pairs = Counter((expected, ranking[0][0]) for expected, ranking in results)
    expected_count = Counter(expected for expected, _ in results)
    guessed_count = Counter(ranking[0][0] for _, ranking in results)
    wrong = sorted(((e, g, n) for (e, g), n in pairs.items() if e != g), key=lambda entry: (-entry[2], entry))
    f1 = [2 * pairs[name, name] / (count + guessed_count[name]) for name, count in expected_count.items()]
    return Report(
        sentences=len(results),
        accuracy=sum(pairs[name, name] for name in expected_count) / len(results),
        macro_f1=sum(f1) / len(f1),
        recall={name: pairs[name, name] / count for name, count in expected_count.items()},
        accepted_out_of_scope=_accepted_out_of_scope(results, accept_at),
        confusions=tuple(wrong),
    )


def _accepted_out_of_scope(results: Sequence[tuple[str, Ranking]], accept_at: float) -> float:
    best = [ranking[0] for expected, ranking in results if expected == OUT_OF_SCOPE]
    accepted = sum(intent != OUT_OF_SCOPE and confidence >= accept_at for intent, confidence in best)
    return accepted / len(best) if best else 0.0
