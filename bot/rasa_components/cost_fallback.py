"""Rasa's FallbackClassifier with a threshold for each intent, since mistakes cost unlike much."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.fallback_classifier import THRESHOLD_KEY, FallbackClassifier
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

THRESHOLDS = "thresholds"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CostFallback(FallbackClassifier):
    """Turns an intent that is not likely enough into `nlu_fallback`.

    Config:
        threshold, ambiguity_threshold: as in FallbackClassifier.
        thresholds: by intent, where it is another. Numbers from the environment are texts.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**FallbackClassifier.get_default_config(), THRESHOLDS: {}}

    def __init__(self, config: dict[str, Any]) -> None:
        self.validate_config(config)  # Rasa leaves it to the components, and makes this at loading
        super().__init__(config)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Check the config.

        Raises:
            InvalidConfigException: a threshold is no probability.
        """
        for intent, value in (config.get(THRESHOLDS) or {}).items():
            if not _is_probability(value):
                raise InvalidConfigException(
                    f"{cls.__name__}: the threshold of {intent} must lie between 0 and 1,"
                    f" and is {value!r}."
                )

    def _nlu_confidence_below_threshold(self, message: Message) -> tuple[bool, float]:
        intent = message.data[INTENT]
        confidence = intent.get(PREDICTED_CONFIDENCE_KEY)
        thresholds = self.component_config[THRESHOLDS]
        needed = thresholds.get(intent.get(INTENT_NAME_KEY), self.component_config[THRESHOLD_KEY])
        return confidence < float(needed), confidence


def _is_probability(value: Any) -> bool:
    try:
        return 0 <= float(value) <= 1
    except (TypeError, ValueError):
        return False
