"""How long the model of the present sources trains, from the command to an archive that was loaded and asked."""

import tempfile
import time
from pathlib import Path

from bench.rows import Row
from core.settings import load_settings
from hub.understanding.model import trainer_of
from nlu.lifecycle import ensure_model
from nlu.model import count_sentences


async def measure() -> list[Row]:
    """Return the seconds of a training into a folder that is thrown away."""
    train = trainer_of(load_settings())
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        model = await ensure_model(Path(folder), train, lambda _: None)
        seconds = time.perf_counter() - started
        size = model.stat().st_size / 2**20
    return [
        Row(name=f"training on {count_sentences():,} sentences", value=seconds, unit="s"),
        Row(name="archive of the model", value=size, unit="MB"),
    ]
