"""The statistical model behind the classifier: scikit-learn only, so that it can be tuned without loading Rasa."""

from typing import Any, Dict, List

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from nlu.rasa.components.typos import with_typos

SEED = 2026
_ANY_WORD = r"\S+"


def train(settings: Dict[str, Any], sentences: List[str], intents: List[str]) -> Pipeline:
    """Return a model of sentences, given as words joined by single spaces; `settings` are those of config.yml."""
    # One classifier an intent, "this or anything else": as right as one over all intents, and ten times sooner trained.
    classifier = LogisticRegression(
        C=settings["regularisation"], solver="liblinear", multi_class="ovr", random_state=SEED
    )
    learned = with_typos(sentences, intents, settings["typo_copies"], SEED)
    return Pipeline([("features", features(settings)), ("classifier", classifier)]).fit(*learned)


def probabilities(model: Pipeline, settings: Dict[str, Any], sentences: List[str]) -> np.ndarray:
    """Return a row of probabilities for each sentence, in the order of `model.classes_`."""
    # Classifiers that each know only "this or anything else" are too modest once their shares are made to sum to one.
    rows = model.predict_proba(sentences) ** settings["sharpness"]
    return rows / rows.sum(axis=1, keepdims=True)


def features(settings: Dict[str, Any]) -> FeatureUnion:
    """Return what the model sees of a sentence: its character n-grams within words, its words and pairs of words."""
    characters = _tfidf(analyzer="char_wb", ngram_range=tuple(settings["char_ngrams"]), min_df=settings["char_min"])
    words = _tfidf(token_pattern=_ANY_WORD, ngram_range=tuple(settings["word_ngrams"]))
    return FeatureUnion(
        [("characters", characters), ("words", words)], transformer_weights={"words": settings["word_weight"]}
    )


def _tfidf(**settings: Any) -> TfidfVectorizer:  # noqa: ANN401 - passed on as they are
    return TfidfVectorizer(sublinear_tf=True, **settings)
