"""The command line `hub`."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any, cast

import uvloop

from core.errors import HubError
from core.logging import configure_logging
from core.settings import Settings, load_settings

Command = Callable[..., Awaitable[None]]
_BY = {"--by": {"required": True, "metavar": "NAME", "help": "who does it; author and approver are two people"}}
_ID: dict[str, dict[str, Any]] = {"id": {"type": int}}

# Words → module, function, description. Modules are imported when their command is run: together they take seconds,
# and a wrong setting should be told at once.
_COMMANDS = {
    ("run",): ("hub.run", "run_all", "everything in one process: pages, chat, scheduler, language model"),
    ("api",): ("hub.run", "run_api", "pages and chat, with the language model"),
    ("scheduler",): ("hub.run", "run_scheduler", "the regular jobs: live data, clean-up"),
    ("worker",): ("hub.run", "run_worker", "send what is due, on every channel"),
    ("telegram",): ("hub.run", "run_telegram", "ask Telegram for messages and answer them (polling mode)"),
    ("db", "upgrade"): ("hub.database_commands", "upgrade_database", "bring the database to the newest version"),
    ("nlu", "train"): ("hub.nlu_commands", "train", "train the language model if its inputs changed"),
    ("nlu", "parse"): ("hub.nlu_commands", "parse", 'JSON lines {"text": …} on stdin → with their understanding'),
    ("broadcast", "announce"): (
        "hub.announcement_commands",
        "announce",
        "write an announcement and hand it over for approval",
    ),
    ("broadcast", "show"): ("hub.announcement_commands", "show", "read an announcement"),
    ("broadcast", "approve"): ("hub.announcement_commands", "approve", "approve an announcement and publish it"),
    ("nlu", "evaluate"): ("hub.nlu_commands", "evaluate", "measure the model on the development sentences"),
}
# Arguments of a command, in the order in which its function takes them after the settings.
_ARGUMENTS: dict[str, dict[str, dict[str, Any]]] = {
    "announce": {"title": {}, "body": {}, **_BY},
    "show": _ID,
    "approve": {**_ID, **_BY},
}


def main() -> None:
    """Run a command; a fault that the operator can mend is one sentence on standard error and exit code 1."""
    module, function, values = _parse_arguments()
    try:
        settings = load_settings()
        configure_logging(json=not settings.is_demo, level=settings.log_level)
        command = cast("Command", getattr(import_module(module), function))
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_finish(command, settings, values))
    except HubError as error:
        sys.exit(str(error))
    except ExceptionGroup as group:
        expected, unexpected = group.split(HubError)
        if unexpected or not expected:
            raise
        sys.exit("\n".join(str(error) for error in _leaves(expected)))


async def _finish(command: Command, settings: Settings, values: list[object]) -> None:
    await command(settings, *values)


def _leaves(group: BaseExceptionGroup[HubError]) -> list[BaseException]:
    return [
        leaf
        for error in group.exceptions
        for leaf in (_leaves(error) if isinstance(error, BaseExceptionGroup) else [error])
    ]


def _parse_arguments() -> tuple[str, str, list[object]]:
    parser = argparse.ArgumentParser(prog="hub", description="City assistant: run it and look after it.")
    commands = parser.add_subparsers(required=True, metavar="command")
    groups: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for words, (module, function, description) in _COMMANDS.items():
        parent = commands
        if len(words) > 1:
            if words[0] not in groups:
                group = commands.add_parser(words[0], help=f"commands of {words[0]}")
                groups[words[0]] = group.add_subparsers(required=True, metavar="command")
            parent = groups[words[0]]
        command = parent.add_parser(words[-1], help=description)
        command.set_defaults(module=module, function=function)
        for name, options in _ARGUMENTS.get(function, {}).items():
            command.add_argument(name, **options)
    chosen = vars(parser.parse_args())
    names = (name.removeprefix("--") for name in _ARGUMENTS.get(chosen["function"], {}))
    return chosen["module"], chosen["function"], [chosen[name] for name in names]
