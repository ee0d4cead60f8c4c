"""Loading packages that only some encoders and commands need."""

import importlib
from types import ModuleType

from bot.errors import EncoderError


def needed(name: str, purpose: str, remedy: str = "make transformers") -> ModuleType:
    """Return the module called `name`.

    Raises:
        EncoderError: it is not installed; says what to do.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise EncoderError(
            f"{purpose} needs the package {name.partition('.')[0]}. Run `{remedy}`."
        ) from error
