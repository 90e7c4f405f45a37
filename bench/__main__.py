"""Measure the product: `python -m bench [part …] [--write-docs]`.

Prints one table and keeps the run as JSON in VAR_DIR/bench. With --write-docs a run of all parts becomes the figures of
docs/performance.json, docs/performance.md and docs/capacity.md. At most twelve minutes unless told otherwise, on
loopback only.
"""

import argparse
import asyncio
import sys

from bench import docs
from bench.part import until_told_to_stop
from bench.results import table, write
from bench.runner import MOST_SECONDS, PARTS, run
from core.settings import load_settings


def main() -> None:
    """Measure, print, keep; the exit code is 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the product.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; none: all of them")
    parser.add_argument("--write-docs", action="store_true", help="put the figures of a run of all parts into docs/")
    parser.add_argument(
        "--minutes", type=float, default=MOST_SECONDS / 60, help="most minutes in all, for a slower machine"
    )
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - PARTS.keys():
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    names = [name for name in PARTS if name in chosen.parts or not chosen.parts]
    if chosen.write_docs and len(names) < len(PARTS):
        parser.error("--write-docs wants all parts: figures of one table are those of one run")
    try:
        results = asyncio.run(until_told_to_stop(run(names, chosen.minutes * 60)))
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit("Stopped; nothing was kept.")
    file = load_settings().var_dir / "bench" / f"{results.measured_at:%Y-%m-%dT%H%M}.json"
    write(file, results)
    print(table(results))
    for line in (f"Kept in {file}", *(f"Missed: {row}" for row in results.missed)):
        print(line)
    if chosen.write_docs:
        docs.write(results)
    if results.problems:
        sys.exit("\n".join(f"Not measured: {problem}" for problem in results.problems))


if __name__ == "__main__":
    main()
