"""The environment that Rasa runs in."""

import os
from pathlib import Path

from bot.answering.policy import AnswerPolicy
from bot.settings import Settings
from connectors.cli.rasa_stores import stores_environment


def rasa_environment(settings: Settings) -> dict[str, str]:
    """Return the environment that Rasa runs in."""
    return {
        **os.environ,
        "PYTHONPATH": str(Path.cwd()),
        "OMP_NUM_THREADS": "1",  # more make one sentence take 700 ms on a busy machine
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "LOG_LEVEL": "WARNING",  # below that Rasa logs what citizens write
        "KOMMUNBOT_ACTIONS_PORT": str(settings.actions_port),
        **stores_environment(settings),
    }


def training_environment(settings: Settings) -> dict[str, str]:
    """Return the environment that Rasa is trained in: its config asks when a person is called.

    Raises:
        ContentError: the policy cannot be read.
    """
    policy = AnswerPolicy.load(settings.data_dir)
    return {**rasa_environment(settings), "KOMMUNBOT_CALL_AT": f"{policy.low.call_at:.3f}"}
