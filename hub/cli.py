"""The command line `hub`."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import cast

import uvloop

from core.errors import HubError
from core.logging import configure_logging
from core.settings import Settings, load_settings

Command = Callable[[Settings], Awaitable[None]]

# Words → module, function, description. Modules are imported when their command is run: together they take seconds,
# and a wrong setting should be told at once.
_COMMANDS = {
    ("run",): ("hub.run", "run_all", "everything in one process: pages, chat, scheduler, language model"),
    ("api",): ("hub.run", "run_api", "pages and chat, with the language model"),
    ("scheduler",): ("hub.run", "run_scheduler", "the regular jobs: live data, clean-up"),
    ("db", "upgrade"): ("hub.database_commands", "upgrade_database", "bring the database to the newest version"),
    ("nlu", "train"): ("hub.nlu_commands", "train", "train the language model if its inputs changed"),
    ("nlu", "parse"): ("hub.nlu_commands", "parse", 'JSON lines {"text": …} on stdin → with their understanding'),
    ("nlu", "evaluate"): ("hub.nlu_commands", "evaluate", "measure the model on the development sentences"),
}


def main() -> None:
    """Run a command; a fault that the operator can mend is one sentence on standard error and exit code 1."""
    module, function = _parse_arguments()
    try:
        settings = load_settings()
        configure_logging(json=not settings.is_demo, level=settings.log_level)
        command = cast("Command", getattr(import_module(module), function))
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_finish(command, settings))
    except HubError as error:
        sys.exit(str(error))
    except ExceptionGroup as group:
        expected, unexpected = group.split(HubError)
        if unexpected or not expected:
            raise
        sys.exit("\n".join(str(error) for error in _leaves(expected)))


async def _finish(command: Command, settings: Settings) -> None:
    await command(settings)


def _leaves(group: BaseExceptionGroup[HubError]) -> list[BaseException]:
    return [
        leaf
        for error in group.exceptions
        for leaf in (_leaves(error) if isinstance(error, BaseExceptionGroup) else [error])
    ]


def _parse_arguments() -> tuple[str, str]:
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
        parent.add_parser(words[-1], help=description).set_defaults(command=(module, function))
    chosen: tuple[str, str] = parser.parse_args().command
    return chosen
