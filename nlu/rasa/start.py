"""What training and serving do before anything else; standard library only."""

import os
import threading
import warnings

_STANDARD_INPUT = 0

_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_MAX_CACHE_SIZE": "0",  # no cache folder beside the sources
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # A sentence is too short to split: more threads only burn processor time (docs/adr/0002-nlu-pipeline.md).
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
}


def prepare() -> None:
    """Set up the process; to be called before Rasa is imported, because libraries read these variables on import."""
    os.environ.update(_ENVIRONMENT)
    # Rasa's warnings may quote a sentence, those of its libraries are about their own future. Filters are no use:
    # Rasa and TensorFlow set their own on import.
    warnings.showwarning = lambda *_, **__: None


def end_with_parent() -> None:
    """Exit at once when standard input reaches its end: the parent has closed the pipe or is dead."""

    def wait_for_end() -> None:
        # Read without Python's buffer: a buffer held by a thread aborts an orderly end of the process.
        while os.read(_STANDARD_INPUT, 1024):
            pass
        # Nothing is left to save, and the main thread may be deep inside a long import. Not 0: whoever started
        # the process with an empty input by mistake must not take it for done.
        os._exit(1)

    threading.Thread(target=wait_for_end, daemon=True, name="parent-watch").start()
