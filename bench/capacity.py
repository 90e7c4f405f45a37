"""What a city of so many residents needs: `python -m bench.capacity` computes it from the measured figures.

The assumptions stand in `bench/assumptions.py`; everything else is arithmetic over docs/performance.json. Rates were
measured on a machine that all processes shared, so they are cautious.
"""

from dataclasses import dataclass
from math import ceil

from bench.assumptions import REASONS, Assumptions
from bench.broadcast import library_row
from bench.chat import BYTES_A_QUESTION, MODEL, ON_POSTGRESQL, UNIQUE, row_name
from bench.claim import BYTES_A_DELIVERY
from bench.planning import WRITTEN, plan_row
from bench.results import FIGURES, Cells, Results, markdown, read
from bench.rows import number
from bench.start import API_MEMORY, MODEL_MEMORY, STREAM_MEMORY, WORKER_MEMORY

SIZES = {"95,000 residents": 95_000, "1 million": 1_000_000, "38 million": 38_000_000}
_HOUR, _GB = 3600, 2**30


@dataclass(frozen=True)
class Measured:
    """The figures of a run that the plan stands on; rates a second, memory in MB."""

    chat: float
    model: float
    worker: float
    plan_seconds: float
    stream_kb: float
    delivery_bytes: float
    conversation_bytes: float
    api_memory: float
    model_memory: float
    worker_memory: float

    @classmethod
    def of(cls, results: Results) -> "Measured":
        """Return the figures of a run; raise `KeyError` with the name of one that was not measured."""

        def value(part: str, name: str) -> float:
            return results.row(part, name).value or 0.0

        written = value("planning", f"{WRITTEN}, PostgreSQL")
        return cls(
            chat=value("chat", row_name(ON_POSTGRESQL, UNIQUE, 16)),
            model=value("chat", row_name(MODEL, UNIQUE, 16)),
            worker=value("broadcast", library_row("Twilio", "PostgreSQL")),
            plan_seconds=value("planning", plan_row("PostgreSQL")) / written,
            stream_kb=value("start", STREAM_MEMORY),
            delivery_bytes=value("claim", BYTES_A_DELIVERY),
            conversation_bytes=value("chat", BYTES_A_QUESTION),
            api_memory=value("start", API_MEMORY),
            model_memory=value("start", MODEL_MEMORY),
            worker_memory=value("start", WORKER_MEMORY),
        )


class Plan:
    """What so many residents need."""

    def __init__(self, residents: int, measured: Measured, assumed: Assumptions) -> None:
        self._measured = measured
        self._assumed = assumed
        self.subscribers = residents * assumed.subscribers
        self.telegram = self.subscribers * assumed.by_telegram
        self.sms_parts = (self.subscribers - self.telegram) * assumed.parts_an_sms
        self.questions_a_day = residents * assumed.asking * assumed.questions_each
        self.questions_a_second = self.questions_a_day * assumed.busiest_hour / _HOUR * assumed.peak
        self.pages = residents * assumed.open_pages

    @property
    def processes(self) -> dict[str, int]:
        """Processes of each role at the busiest minute."""
        by_questions = self.questions_a_second / (self._measured.chat * self._assumed.used)
        by_pages = self.pages / self._assumed.streams_a_process
        sent = self.subscribers / (self._assumed.within_minutes * 60)
        return {
            "web": ceil(max(by_questions, by_pages)),
            "NLU": ceil(self.questions_a_second / (self._measured.model * self._assumed.used)),
            "worker": ceil(sent / (self._measured.worker * self._assumed.used)),
        }

    @property
    def loads(self) -> dict[str, float]:
        """How many times one of each would be needed to keep to the aim: what is above 1 has to be added."""
        seconds, assumed, measured = self._assumed.within_minutes * 60, self._assumed, self._measured
        return {
            "one Telegram bot, free": self.telegram / seconds / assumed.telegram_a_second,
            "one SMS number": self.sms_parts / seconds / assumed.sms_parts_a_second,
            "one NLU process": self.questions_a_second / measured.model,
            "one web process: questions": self.questions_a_second / measured.chat,
            "one web process: open pages": self.pages / assumed.streams_a_process,
            "one worker": self.subscribers / seconds / measured.worker,
            "planning in one transaction": self.subscribers * measured.plan_seconds / seconds,
        }

    def rows(self) -> list[tuple[str, str]]:
        """Return the lines of the plan in their order."""
        assumed, measured, processes = self._assumed, self._measured, self.processes
        memory = processes["web"] * measured.api_memory + self.pages * measured.stream_kb / 1024
        memory += processes["NLU"] * measured.model_memory + processes["worker"] * measured.worker_memory
        deliveries = self.subscribers * assumed.messages_a_year * measured.delivery_bytes
        talks = self.questions_a_day * measured.conversation_bytes
        return [
            ("subscribers", number(round(self.subscribers))),
            ("questions on a day of smog", number(round(self.questions_a_day))),
            ("questions a second in the busiest minute", number(self.questions_a_second)),
            ("pages open at once", number(round(self.pages))),
            ("**an alert by one Telegram bot, free**", duration(self.telegram / assumed.telegram_a_second)),
            ("… by paid broadcasts", duration(self.telegram / assumed.telegram_paid_a_second)),
            ("**an alert by one SMS number**", duration(self.sms_parts / assumed.sms_parts_a_second)),
            (f"numbers for {assumed.within_minutes} minutes", number(ceil(self.loads["one SMS number"]))),
            ("price of the SMS of one alert", f"{number(round(self.sms_parts * assumed.sms_price))} PLN"),
            ("planning it", duration(self.subscribers * measured.plan_seconds)),
            *((f"{role} processes", number(count)) for role, count in processes.items()),
            ("memory of all of them", f"{number(memory / 1024)} GB"),
            ("deliveries of a year in PostgreSQL", f"{number(deliveries / _GB)} GB"),
            ("conversations of a day of smog in PostgreSQL", f"{number(talks / _GB)} GB"),
            ("**what gives way first**", max(self.loads, key=self.loads.__getitem__)),
        ]


def duration(seconds: float) -> str:
    """Return a duration in the unit that reads best."""
    for unit, size in (("days", 24 * _HOUR), ("hours", _HOUR), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{number(seconds / size)} {unit}"
    return f"{number(seconds)} s"


def tables(results: Results) -> dict[str, str]:
    """Return the tables of docs/capacity.md by the names of their places; what was not measured is said there."""
    assumed = Assumptions()
    reasons = [(what, number(getattr(assumed, name)), why) for name, (what, why) in REASONS.items()]
    found = {"assumptions": markdown(("assumed", "", "why"), reasons)}
    try:
        measured = Measured.of(results)
    except KeyError as missing:
        said = f"Not computed: the run did not measure {missing.args[0]}."
        return {**found, "plan": said, "loads": said}
    plans = {size: Plan(residents, measured, assumed) for size, residents in SIZES.items()}
    loads = {size: [(name, f"{number(load)} ×") for name, load in plan.loads.items()] for size, plan in plans.items()}
    needed = {size: plan.rows() for size, plan in plans.items()}
    return {**found, "plan": _beside("needed", needed), "loads": _beside("load of", loads)}


def _beside(head: str, columns: dict[str, list[tuple[str, str]]]) -> str:
    first = next(iter(columns.values()))
    rows: list[Cells] = [
        (name, *(column[line][1] for column in columns.values())) for line, (name, _) in enumerate(first)
    ]
    return markdown((head, *columns), rows)


def main() -> None:
    """Print the plan of the kept figures."""
    for table in tables(read(FIGURES)).values():
        print(f"{table}\n")


if __name__ == "__main__":
    main()
