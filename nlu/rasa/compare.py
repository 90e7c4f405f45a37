"""Cross-validate variants of the model on the training sentences: `python -m nlu.rasa.compare`, prints one row each.

The rows stand in docs/adr/0002-nlu-pipeline.md. The sentences of tests/ are left alone on purpose: whoever chooses a
variant by them can no longer judge the model with them.
"""

from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import Pipeline
from sklearn.svm import LinearSVC

from nlu.rasa.components import ngrams
from nlu.rasa.components.words import words
from nlu.rasa.start import prepare

PROJECT = Path(__file__).parent
FOLDS = 4
FOREIGN = "out_of_scope"
ACCEPT_AT = 0.5
SHARES = (0.25, 0.5, 0.75, 1.0)
WEAKEST = 12

Settings = Dict[str, Any]
Rows = Tuple[np.ndarray, np.ndarray]
"""Guesses and their confidences, one for each sentence."""
Predict = Callable[[Settings, List[str], np.ndarray, List[str]], Rows]


def one_an_intent(settings: Settings, learned: List[str], intents: np.ndarray, asked: List[str]) -> Rows:
    """Guess as the product does."""
    model = ngrams.train(settings, learned, list(intents))
    return _best(model.classes_, ngrams.probabilities(model, settings, asked))


def one_over_all(settings: Settings, learned: List[str], intents: np.ndarray, asked: List[str]) -> Rows:
    """Guess with one logistic regression over all intents."""
    model = Pipeline(
        [
            ("features", ngrams.features(settings)),
            ("classifier", LogisticRegression(C=settings["regularisation"], max_iter=300, random_state=ngrams.SEED)),
        ]
    ).fit(learned, intents)
    return _best(model.classes_, model.predict_proba(asked))


def linear_svm(settings: Settings, learned: List[str], intents: np.ndarray, asked: List[str]) -> Rows:
    """Guess with a linear support-vector machine; its margins are turned into shares."""
    model = Pipeline([("features", ngrams.features(settings)), ("classifier", LinearSVC(random_state=ngrams.SEED))])
    margins = np.exp(4 * model.fit(learned, intents).decision_function(asked))
    return _best(model.classes_, margins / margins.sum(axis=1, keepdims=True))


def naive_bayes(settings: Settings, learned: List[str], intents: np.ndarray, asked: List[str]) -> Rows:
    """Guess with complement naive Bayes."""
    model = Pipeline([("features", ngrams.features(settings)), ("classifier", ComplementNB())]).fit(learned, intents)
    return _best(model.classes_, model.predict_proba(asked))


def foreign_first(settings: Settings, learned: List[str], intents: np.ndarray, asked: List[str]) -> Rows:
    """Guess in two stages: ours or foreign, then which of ours."""
    foreign = ngrams.train(settings, learned, list(np.where(intents == FOREIGN, FOREIGN, "ours")))
    ours = [i for i, intent in enumerate(intents) if intent != FOREIGN]
    which = ngrams.train(settings, [learned[i] for i in ours], list(intents[ours]))
    share = ngrams.probabilities(foreign, settings, asked)[:, list(foreign.classes_).index("ours")]
    rows = ngrams.probabilities(which, settings, asked) * share[:, None]
    return _best(np.append(which.classes_, FOREIGN), np.hstack([rows, 1 - share[:, None]]))


# Without the copies with typing errors, which make a training several times longer, but for the one row with them.
QUICK: Settings = {"typo_copies": 0}
VARIANTS: Dict[str, Tuple[Predict, Settings]] = {
    "as configured, but no typos": (one_an_intent, {}),
    "words at full weight": (one_an_intent, {"word_weight": 1.0}),
    "no words": (one_an_intent, {"word_weight": 0.0}),
    "characters 1-4": (one_an_intent, {"char_ngrams": [1, 4]}),
    "also n-grams seen once": (one_an_intent, {"char_min": 1}),
    "regularisation 10": (one_an_intent, {"regularisation": 10.0}),
    "regularisation 40": (one_an_intent, {"regularisation": 40.0}),
    "two copies with typos": (one_an_intent, {"typo_copies": 2}),
    "not sharpened": (one_an_intent, {"sharpness": 1.0}),
    "foreign or ours first": (foreign_first, {}),
    "one model over all intents": (one_over_all, {}),
    "linear SVM": (linear_svm, {}),
    "naive Bayes": (naive_bayes, {}),
}


def main() -> None:
    """Print the variants against the configured one, the learning curve, and the intents that want more sentences."""
    settings = yaml.safe_load((PROJECT / "config.yml").read_text(encoding="utf-8"))["pipeline"][-1]
    settings.update(QUICK)
    sentences, names = _training_data()
    intents = np.array(names)
    print(f"{len(sentences)} sentences, {len(set(names))} intents, {FOLDS} folds")
    configured = None
    for name, (predict, changes) in VARIANTS.items():
        guesses, confidences = _cross_validate(predict, {**settings, **changes}, sentences, intents)
        right = (guesses == intents).astype(int)
        if configured is None:
            configured, weakest = right, _weakest(right, intents)
        difference = right - configured
        error = difference.std() / len(right) ** 0.5
        print(
            f"{name:28s} accuracy {right.mean():.3f} ({difference.mean():+.3f} ± {error:.3f})"
            f"  macro F1 {f1_score(intents, guesses, average='macro'):.3f}"
            f"  foreign accepted {_foreign_accepted(guesses, confidences, intents):.3f}"
            f"  mean confidence {confidences.mean():.3f}",
            flush=True,
        )
    for share in SHARES:
        guesses, _ = _cross_validate(one_an_intent, settings, sentences, intents, share)
        print(f"with {share:.0%} of the sentences    accuracy {(guesses == intents).mean():.3f}", flush=True)
    for intent, recall in weakest:
        print(f"weakest: {intent:24s} {recall:.3f}")


def _best(classes: np.ndarray, rows: np.ndarray) -> Rows:
    return classes[rows.argmax(axis=1)], rows.max(axis=1)


def _weakest(right: np.ndarray, intents: np.ndarray) -> List[Tuple[str, float]]:
    recall = {str(intent): float(right[intents == intent].mean()) for intent in set(intents)}
    return sorted(recall.items(), key=lambda item: item[1])[:WEAKEST]


def _foreign_accepted(guesses: np.ndarray, confidences: np.ndarray, intents: np.ndarray) -> float:
    accepted = (guesses != FOREIGN) & (confidences >= ACCEPT_AT)
    return float(accepted[intents == FOREIGN].mean())


def _training_data() -> Tuple[List[str], List[str]]:
    sentences, intents = [], []
    for file in sorted((PROJECT / "data").glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                sentences.append(" ".join(match.group() for match in words(line)))
                intents.append(block["intent"])
    return sentences, intents


def _cross_validate(
    predict: Predict, settings: Settings, sentences: List[str], intents: np.ndarray, share: float = 1.0
) -> Rows:
    """Guess every sentence with what was learned from a share of the other folds."""
    guesses, confidences = np.empty(len(intents), dtype=object), np.zeros(len(intents))
    shuffled = np.random.default_rng(ngrams.SEED)
    for others, held_out in StratifiedKFold(FOLDS, shuffle=True, random_state=ngrams.SEED).split(sentences, intents):
        learned = shuffled.permutation(others)[: int(len(others) * share)]
        found = predict(settings, [sentences[i] for i in learned], intents[learned], [sentences[i] for i in held_out])
        guesses[held_out], confidences[held_out] = found
    return guesses, confidences


if __name__ == "__main__":
    prepare()
    main()
