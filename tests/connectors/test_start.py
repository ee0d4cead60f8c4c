"""What the gateway loads before it answers."""

import subprocess
import sys

from tests.support.gateway import ROOT

SLOW = ("faiss", "sklearn", "spacy", "torch", "wordfreq")  # each takes up to seconds to load


def test_what_takes_seconds_to_load_waits_until_the_port_is_ours() -> None:
    code = f"import sys, connectors.app; print([one for one in {SLOW} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
