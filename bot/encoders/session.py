"""Running an ONNX graph on one thread."""

import hashlib
from pathlib import Path
from typing import Any

from bot.encoders.optional import needed
from bot.errors import EncoderError

_ERRORS_ONLY = 3


def open_session(path: Path) -> Any:
    """Return an onnxruntime session for the graph in `path`. It may be used by many threads.

    Raises:
        EncoderError: onnxruntime is missing, or the file is no graph that it can run.
    """
    library = needed("onnxruntime", f"The language model in {path}", "make setup")
    options = library.SessionOptions()
    # Two threads on a busy machine wait for each other: 20 times slower at worst.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    options.enable_cpu_mem_arena = False
    try:
        return library.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no common base
        raise EncoderError(f"{path} cannot be used as a language model: {error}") from error


def short_hash(*paths: Path) -> str:
    """Return twelve letters that tell these files' content from any other.

    Raises:
        EncoderError: a file cannot be read.
    """
    content = hashlib.sha256()
    try:
        for path in paths:
            with path.open("rb") as file:
                content.update(hashlib.file_digest(file, "sha256").digest())
    except OSError as error:
        raise EncoderError(f"{path} cannot be read: {error}") from error
    return content.hexdigest()[:12]
