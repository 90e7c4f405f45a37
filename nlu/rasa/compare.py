"""Cross-validate variants of config.yml on the training sentences: `python -m nlu.rasa.compare`, prints one row each.

The rows stand in docs/adr/0002-nlu-pipeline.md. The sentences of tests/development.yml are left alone on purpose:
whoever chooses a variant by them can no longer judge the model with them.
"""

from pathlib import Path
from typing import Any, Dict, List, Tuple

import numpy as np
import yaml
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from nlu.rasa.components import ngrams
from nlu.rasa.components.words import words
from nlu.rasa.start import prepare

PROJECT = Path(__file__).parent
FOLDS = 4
FOREIGN = "out_of_scope"
ACCEPT_AT = 0.4

VARIANTS: Dict[str, Dict[str, Any]] = {
    "as configured": {},
    "words at full weight": {"word_weight": 1.0},
    "no words": {"word_weight": 0.0},
    "characters 1-4": {"char_ngrams": [1, 4]},
    "all intents weigh the same": {"balance": 1.0},
    "regularisation 10": {"regularisation": 10.0},
}


def main() -> None:
    """Print figures of each variant, and how much its accuracy differs from the configured one with standard error."""
    settings = yaml.safe_load((PROJECT / "config.yml").read_text(encoding="utf-8"))["pipeline"][-1]
    sentences, names = _training_data()
    intents = np.array(names)
    print(f"{len(sentences)} sentences, {len(set(names))} intents, {FOLDS} folds")
    configured = None
    for name, changes in VARIANTS.items():
        guesses, confidences = _cross_validate({**settings, **changes}, sentences, intents)
        right = (guesses == intents).astype(int)
        configured = right if configured is None else configured
        difference = right - configured
        error = difference.std() / len(right) ** 0.5
        print(
            f"{name:32s} accuracy {right.mean():.3f} ({difference.mean():+.3f} ± {error:.3f})"
            f"  macro F1 {f1_score(intents, guesses, average='macro'):.3f}"
            f"  foreign accepted {_foreign_accepted(guesses, confidences, intents):.3f}"
            f"  mean confidence {confidences.mean():.3f}",
            flush=True,
        )


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
    settings: Dict[str, Any], sentences: List[str], intents: np.ndarray
) -> Tuple[np.ndarray, np.ndarray]:
    guesses, confidences = np.empty(len(intents), dtype=object), np.zeros(len(intents))
    for learned, held_out in StratifiedKFold(FOLDS, shuffle=True, random_state=ngrams.SEED).split(sentences, intents):
        model = ngrams.train(settings, [sentences[i] for i in learned], list(intents[learned]))
        rows = model.predict_proba([sentences[i] for i in held_out])
        guesses[held_out], confidences[held_out] = model.classes_[rows.argmax(axis=1)], rows.max(axis=1)
    return guesses, confidences


if __name__ == "__main__":
    prepare()
    main()
