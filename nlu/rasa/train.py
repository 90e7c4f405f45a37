"""Train the model: `python -m nlu.rasa.train <data directory> <output file>.tar.gz`, from the repository root."""

import asyncio
import contextlib
import io
import sys
import time
from pathlib import Path

from nlu.rasa.start import end_with_parent, prepare

CONFIG = Path(__file__).parent / "config.yml"
CHECK = "dzień dobry"  # a model that cannot be loaded or asked must fail here and not when it is served


def main(data: Path, output: Path) -> None:
    """Train on the YAML files in `data`, write `output`, print one short line per step."""
    started = time.monotonic()
    _say("loading Rasa")
    from rasa.core.agent import Agent  # noqa: PLC0415 - takes seconds, so it is announced first
    from rasa.model_training import train_nlu  # noqa: PLC0415

    _say("training")
    name = output.name[: -len(".tar.gz")]
    with contextlib.redirect_stdout(io.StringIO()):  # Rasa prints in colours and with the full path
        model = train_nlu(str(CONFIG), str(data), str(output.parent), fixed_model_name=name)
        if model is None:
            raise SystemExit(f"no training sentences in {data.name}")
        parsed = asyncio.run(Agent.load(model).parse_message(CHECK))
    if not parsed["intent_ranking"]:
        raise SystemExit("the trained model understands nothing")
    _say(f"done in {time.monotonic() - started:.0f} s")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    prepare()
    end_with_parent()
    main(Path(sys.argv[1]), Path(sys.argv[2]))
