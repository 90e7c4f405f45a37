"""The command line `hub`."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import uvloop

from bot.handoffs.states import HandoffState
from core.logging import configure_logging
from core.settings import Settings, load_settings
from core.staff.permissions import Role
from notifier.subscriptions.topics import TOPICS

Command = Callable[..., Awaitable[None]]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is no date: write it as 2026-11-23"
        raise argparse.ArgumentTypeError(message) from error


_BY: dict[str, dict[str, Any]] = {"--by": {"required": True, "metavar": "NAME", "help": "who does it"}}
_REASON: dict[str, dict[str, Any]] = {"--reason": {"required": True, "metavar": "TEXT", "help": "why"}}
_ID: dict[str, dict[str, Any]] = {"id": {"type": int}}
_NUMBER: dict[str, dict[str, Any]] = {"number": {"help": "number of the message, such as LG-7K3M2"}}
_TEXT: dict[str, dict[str, Any]] = {"intent": {}, "name": {"help": "text, or the name that `texts show` prints"}}

# Words → function below hub, description. Modules are imported when their command is run: together they take seconds,
# and a wrong setting should be told at once.
_COMMANDS = {
    ("run",): ("run.run_all", "everything in one process: pages, chat, scheduler, language model"),
    ("api",): ("run.run_api", "pages and chat, with the language model"),
    ("scheduler",): ("run.run_scheduler", "the regular jobs: live data, clean-up"),
    ("worker",): ("run.run_worker", "send what is due, on every channel"),
    ("telegram",): ("run.run_telegram", "ask Telegram for messages and answer them (polling mode)"),
    ("messages", "list"): ("commands.messages.list_messages", "list those that are not closed, 200 a state"),
    ("messages", "show"): (
        "commands.messages.show",
        "read one; WARNING: it shows what a resident wrote and where to answer, also phone numbers",
    ),
    ("messages", "reply"): (
        "commands.messages.reply",
        "answer one; WARNING: prints the phone number or e-mail address where the answer is awaited",
    ),
    ("messages", "close"): ("commands.messages.close", "end one; it is deleted when its days are over"),
    ("texts", "show"): ("commands.texts.show", "what the assistant says for an intent"),
    ("texts", "edit"): ("commands.texts.edit", "change a text; the new one is read from stdin"),
    ("texts", "history"): ("commands.texts.history", "every version of a text"),
    ("texts", "restore"): ("commands.texts.restore", "return to a version of a text"),
    ("broadcast", "announce"): ("commands.broadcast.announce", "write an announcement and hand it over for approval"),
    ("broadcast", "show"): ("commands.broadcast.show", "read an announcement"),
    ("broadcast", "approve"): (
        "commands.broadcast.approve",
        "approve an announcement of another person and publish it",
    ),
    ("broadcast", "preview"): ("commands.broadcast.preview", "whom it goes to, who is left out, its cost"),
    ("broadcast", "status"): ("commands.broadcast.status", "how far its sending has come"),
    ("broadcast", "pause"): ("commands.broadcast.pause", "halt its sending"),
    ("broadcast", "resume"): ("commands.broadcast.resume", "send the rest"),
    ("broadcast", "cancel"): ("commands.broadcast.cancel", "stop it for good"),
    ("broadcast", "repeat"): ("commands.broadcast.repeat", "try those again whom it failed to reach"),
    ("staff", "add"): ("commands.staff.add", "let somebody into the panel; prints a one-time password"),
    ("staff", "key"): ("commands.staff.key", "make a key with which a program writes announcements"),
    ("staff", "list"): ("commands.staff.list_staff", "every account"),
    ("staff", "reset"): ("commands.staff.reset", "a new one-time password; takes the second factor away"),
    ("staff", "disable"): ("commands.staff.disable", "let somebody in no longer"),
    ("alerts", "held"): ("commands.alerts.held", "list the alerts that wait for a person"),
    ("alerts", "confirm"): ("commands.alerts.confirm", "send an alert that waits"),
    ("alerts", "reject"): ("commands.alerts.reject", "keep an alert back that waits"),
    ("alerts", "replay"): ("commands.alerts.replay", "what the rules would have sent on these days"),
    ("subscribers", "import"): (
        "commands.subscribers.import_list",
        "sign up residents who consented on paper: CSV with phone, topics, consent_date, consent_source",
    ),
    ("subscribers", "export"): (
        "commands.subscribers.export_list",
        "write the list of subscribers to a CSV file; with --full it holds phone numbers",
    ),
    ("subscribers", "stop"): (
        "commands.subscribers.stop",
        "stop everything that an address gets; the log of consents keeps who did it and why",
    ),
    ("channel", "add"): ("commands.channel.add", "post to a channel in Telegram, if the bot may"),
    ("channel", "list"): ("commands.channel.list_channels", "list the channels and what goes there"),
    ("channel", "remove"): ("commands.channel.remove", "post nothing more to a channel"),
    ("city", "check"): ("commands.city.check", "check every city pack; each fault is told with file and line"),
    ("city", "gaps"): ("commands.city.gaps", "what the assistant does not know, and what should be checked"),
    ("city", "sources"): ("commands.city.sources", "when each live source last answered, and what went wrong"),
    ("places", "import"): ("commands.places.import_places", "bring a register of addresses (CSV) into the pack"),
    ("backup",): ("commands.backup.backup", "write the database and the language model into one file"),
    ("backups", "check"): ("commands.backup.check_backup", "read a backup from end to end"),
    ("restore",): ("commands.backup.restore", "load a backup into an empty database"),
    ("keys", "status"): ("commands.keys.status", "how many values each of ENCRYPTION_KEYS opens"),
    ("keys", "rotate"): ("commands.keys.rotate", "seal everything again under the newest of ENCRYPTION_KEYS"),
    ("doctor",): ("commands.doctor.doctor", "what is right, doubtful and wrong with this set-up"),
    ("health",): ("commands.health.health", "whether the process of METRICS_PORT lives; for containers"),
    ("db", "upgrade"): ("commands.db.upgrade_database", "bring the database to the newest version"),
    ("nlu", "serve"): ("run.run_nlu", "the language model for other processes, on NLU_LISTEN"),
    ("nlu", "train"): ("commands.nlu.train", "train the language model if its inputs changed"),
    ("nlu", "parse"): ("commands.nlu.parse", 'JSON lines {"text": …} on stdin → with their understanding'),
    ("nlu", "evaluate"): ("commands.nlu.evaluate", "measure the model on the development sentences"),
    ("nlu", "thresholds"): ("commands.nlu.thresholds", "find the thresholds that cost residents least"),
    ("nlu", "promote"): ("commands.nlu.promote", "put the model of the present sources in service if it is fit"),
    ("nlu", "rollback"): ("commands.nlu.rollback", "return to the model that was in service before"),
    ("nlu", "models"): ("commands.nlu.models", "list the models and which one is in service"),
    ("nlu", "taught"): ("commands.nlu.taught", "what staff taught in the panel, as training data (YAML)"),
}
_GROUPS = {
    "staff": "who works in the panel",
    "messages": "what residents left for the office",
    "texts": "what the assistant says, changed without a release",
    "broadcast": "announcements",
    "alerts": "smog alerts",
    "subscribers": "residents who get notifications",
    "channel": "the city's own channels in Telegram",
    "city": "city packs",
    "places": "streets of the city pack",
    "backups": "files of backups",
    "keys": "the keys of what is sealed in the database",
    "db": "the database",
    "nlu": "the language model",
}
# Arguments of a command, in the order in which its function takes them after the settings.
_ARGUMENTS: dict[tuple[str, ...], dict[str, dict[str, Any]]] = {
    ("messages", "list"): {"--state": {"choices": [state.value for state in HandoffState]}},
    ("messages", "show"): _NUMBER,
    ("messages", "reply"): {**_NUMBER, "text": {}, **_BY},
    ("messages", "close"): {**_NUMBER, **_BY},
    ("texts", "show"): {"intent": {"help": "such as greet; a wrong one lists those there are"}},
    ("texts", "edit"): {**_TEXT, **_BY},
    ("texts", "history"): _TEXT,
    ("texts", "restore"): {**_TEXT, "version": {"type": int, "help": "0 is the city pack's own"}, **_BY},
    ("broadcast", "announce"): {"title": {}, "body": {}, **_BY},
    ("worker",): {"--channels": {"metavar": "NAMES", "help": "only these, by commas, such as sms,telegram"}},
    ("broadcast", "show"): _ID,
    ("broadcast", "approve"): {**_ID, **_BY},
    ("broadcast", "preview"): _ID,
    ("broadcast", "status"): _ID,
    ("broadcast", "pause"): {**_ID, **_BY},
    ("broadcast", "resume"): {**_ID, **_BY},
    ("broadcast", "cancel"): {**_ID, **_BY, **_REASON},
    ("broadcast", "repeat"): {**_ID, **_BY},
    ("staff", "add"): {"name": {}, "--role": {"required": True, "choices": [role.value for role in Role]}},
    ("staff", "key"): {"name": {"help": "name of the program"}},
    ("staff", "reset"): {"name": {}},
    ("staff", "disable"): {"name": {}},
    ("alerts", "confirm"): {**_ID, **_BY, **_REASON},
    ("alerts", "reject"): {**_ID, **_BY, **_REASON},
    ("alerts", "replay"): {
        "--from": {"required": True, "type": _day, "metavar": "DATE", "help": "first day, such as 2026-11-01"},
        "--to": {"required": True, "type": _day, "metavar": "DATE", "help": "last day"},
    },
    ("subscribers", "import"): {
        "file": {"type": Path, "metavar": "FILE", "help": "the list"},
        "--really": {"action": "store_true", "help": "import it; otherwise only say what would happen"},
    },
    ("subscribers", "export"): {
        "file": {"type": Path, "metavar": "FILE", "help": "a new file"},
        **_BY,
        **_REASON,
        "--full": {"action": "store_true", "help": "with addresses in full"},
    },
    ("subscribers", "stop"): {
        "address": {"help": "phone number, or number of the Telegram account"},
        "--channel": {"required": True, "choices": ["sms", "telegram"]},
        **_BY,
        **_REASON,
    },
    ("channel", "add"): {
        "name": {"metavar": "@NAME", "help": "the public channel; the bot must be an administrator there"},
        "--topics": {"nargs": "+", "choices": TOPICS, "default": ["announcements"], "help": "what goes there"},
        **_BY,
    },
    ("channel", "remove"): {"name": {"metavar": "@NAME"}, **_BY},
    ("places", "import"): {
        "file": {"type": Path, "metavar": "FILE", "help": "columns: street, lat, lon; number and district if any"},
        "--source": {"required": True, "metavar": "TEXT", "help": "name of the register"},
        "--as-of": {"required": True, "type": _day, "metavar": "DATE", "help": "its own date, such as 2026-11-23"},
    },
    ("backup",): {
        "folder": {"type": Path, "metavar": "FOLDER", "help": "where the file is written"},
        "--keep": {"type": int, "metavar": "N", "help": "delete all but the newest N afterwards"},
    },
    ("backups", "check"): {"file": {"type": Path, "metavar": "FILE"}},
    ("restore",): {"file": {"type": Path, "metavar": "FILE", "help": "what `hub backup` wrote"}},
    ("nlu", "promote"): _BY,
    ("nlu", "rollback"): _BY,
    ("doctor",): {"--json": {"action": "store_true", "help": "print it as JSON"}},
    ("nlu", "evaluate"): {
        "--json": {"action": "store_true", "help": "print everything that was measured as JSON"},
        "--report": {"type": Path, "metavar": "FILE", "help": "write the tables to a Markdown file as well"},
    },
}


def main() -> None:
    """Run a command; a fault that the operator can mend is one sentence on standard error and exit code 1."""
    place, values = _parse_arguments()
    try:
        settings = load_settings()
        configure_logging(json=not settings.is_demo, level=settings.log_level)
        module, _, function = place.rpartition(".")
        command = cast("Command", getattr(import_module(f"hub.{module}"), function))
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_finish(command, settings, values))
    except Exception as error:
        sys.exit("\n".join(import_module("hub.faults").sentences(error)))


async def _finish(command: Command, settings: Settings, values: list[object]) -> None:
    await command(settings, *values)


def _parse_arguments() -> tuple[str, list[object]]:
    parser = argparse.ArgumentParser(prog="hub", description="City assistant: run it and look after it.")
    commands = parser.add_subparsers(required=True, metavar="command")
    groups: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for words, (function, description) in _COMMANDS.items():
        parent = commands
        if len(words) > 1:
            if words[0] not in groups:
                group = commands.add_parser(words[0], help=_GROUPS[words[0]])
                groups[words[0]] = group.add_subparsers(required=True, metavar="command")
            parent = groups[words[0]]
        command = parent.add_parser(words[-1], help=description, description=description)
        arguments = [command.add_argument(name, **options) for name, options in _ARGUMENTS.get(words, {}).items()]
        command.set_defaults(function=function, names=[argument.dest for argument in arguments])
    chosen = vars(parser.parse_args())
    values = [chosen[name] for name in chosen["names"]]
    try:
        "".join(value for value in values if isinstance(value, str)).encode()
    except UnicodeEncodeError:
        parser.error("an argument is not UTF-8: set the terminal to UTF-8")
    return chosen["function"], values
