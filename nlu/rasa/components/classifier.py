"""Intent classifier over folded words and character n-grams."""

from typing import Any, Dict, List, Optional

import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.pipeline import Pipeline

from nlu.rasa.components.ngrams import probabilities, train

_FILE = "model.skops"
# What a model file may contain beyond skops' own list of harmless types (a table of numbers); the rest is refused.
_TRUSTED = ["scipy.sparse._csr.csr_matrix"]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NgramIntentClassifier(IntentClassifier, GraphComponent):
    """Logistic regressions whose result carries the whole ranking of intents, not only the first ten."""

    def __init__(
        self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, model: Optional[Pipeline] = None
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return nothing: every setting stands in config.yml."""
        return {}

    @classmethod
    def required_components(cls) -> List[type]:
        """Name the component that must stand before this one."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[str]:
        """Name the packages this component needs."""
        return ["sklearn", "skops"]

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - the signature is Rasa's
    ) -> "NgramIntentClassifier":
        """Create an untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all sentences that have an intent and save the model in a format that cannot carry code."""
        examples = training_data.intent_examples
        self._model = train(
            self._config, [_sentence(message) for message in examples], [message.get(INTENT) for message in examples]
        )
        with self._storage.write_to(self._resource) as directory:
            skops.io.dump(self._model, directory / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - the signature is Rasa's
        **_: Any,  # noqa: ANN401
    ) -> "NgramIntentClassifier":
        """Load a trained component; a file with an unexpected type raises and the server does not start."""
        with model_storage.read_from(resource) as directory:
            model = skops.io.load(directory / _FILE, trusted=_TRUSTED)
        return cls(config, model_storage, resource, model)

    def process(self, messages: List[Message]) -> List[Message]:
        """Set the intent and the full ranking of every message."""
        if self._model is None or not messages:
            return messages
        rows = probabilities(self._model, self._config, [_sentence(message) for message in messages])
        for message, row in zip(messages, rows, strict=True):
            best_first = row.argsort(kind="stable")[::-1]
            ranking = [{"name": str(self._model.classes_[i]), "confidence": float(row[i])} for i in best_first]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def _sentence(message: Message) -> str:
    return " ".join(token.text for token in message.get(TOKENS_NAMES[TEXT]))
