"""The statistical model behind the classifier: scikit-learn only, so that it can be tuned without loading Rasa."""

from collections import Counter
from typing import Any, Dict, List

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

SEED = 2026
_ANY_WORD = r"\S+"


def train(settings: Dict[str, Any], sentences: List[str], intents: List[str]) -> Pipeline:
    """Return a model of sentences, given as words joined by single spaces; `settings` are those of config.yml."""
    classifier = LogisticRegression(
        C=settings["regularisation"],
        class_weight=_weights(intents, settings["balance"]),
        max_iter=1000,
        random_state=SEED,
    )
    return Pipeline([("features", _features(settings)), ("classifier", classifier)]).fit(sentences, intents)


def _features(settings: Dict[str, Any]) -> FeatureUnion:
    return FeatureUnion(
        [
            ("characters", _tfidf(analyzer="char_wb", ngram_range=tuple(settings["char_ngrams"]))),
            ("words", _tfidf(token_pattern=_ANY_WORD, ngram_range=tuple(settings["word_ngrams"]))),
        ],
        transformer_weights={"words": settings["word_weight"]},
    )


def _tfidf(**settings: Any) -> TfidfVectorizer:  # noqa: ANN401 - passed on as they are
    return TfidfVectorizer(sublinear_tf=True, **settings)


def _weights(intents: List[str], balance: float) -> Dict[str, float]:
    counts = Counter(intents)
    mean = len(intents) / len(counts)
    return {intent: (mean / count) ** balance for intent, count in counts.items()}
