"""The sub-commands and their manners: one line for what is wrong, and exit codes 0, 1 and 2."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from db.errors import AllianceError
from viewer import __version__
from viewer.cli import (
    COMMANDS,
    adding,
    backups,
    citing,
    dates,
    events,
    files,
    importing,
    output,
    pictures,
    quoting,
    sources,
)
from viewer.cli.language import message_language
from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.records import Language

PROGRAM = "alliance-timeline"
_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def run_command(arguments: list[str]) -> int:
    """Runs a sub-command and returns its exit code; nothing known escapes as a traceback."""
    language = message_language()
    try:
        # Not by the group's own `main`: that ends the process when the reader of a pipe goes away.
        group = program(language)
        with group.make_context(PROGRAM, arguments) as context:
            code = group.invoke(context)
        output.finish()
        return int(code)
    except click.exceptions.Exit as end:  # --help and --version
        return end.exit_code
    except AllianceError as error:
        output.message(explain(error, language))
        return 2
    except click.ClickException as error:
        output.message(explain(_usage_error(error), language))
        return 2
    except BrokenPipeError:
        # Whoever read our results has seen enough; what is still held back goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, click.Abort):
        return _INTERRUPTED


def program(language: Language) -> click.Group:
    """All sub-commands, with their help in `language`."""
    group = _Group(
        name=PROGRAM,
        params=[_help_option(language), _version_option(language)],
        help=t("cli.help.program", language),
        add_help_option=False,
        subcommand_metavar=t("cli.metavar.command", language),
        options_metavar=t("cli.metavar.options", language),
    )
    group.language = language
    commands: dict[str, tuple[Callable[..., int], list[click.Parameter]]] = {
        "new": (files.new, files.new_parameters(language)),
        "info": (files.info, files.reading_parameters(language)),
        "events": (events.events, events.parameters(language)),
        "add-event": (adding.add_event, adding.parameters(language)),
        "import": (importing.import_files, importing.parameters(language)),
        "sources": (sources.sources, sources.sources_parameters(language)),
        "text": (sources.text, sources.text_parameters(language)),
        "quotes": (quoting.quotes, quoting.quotes_parameters(language)),
        "add-quote": (quoting.add_quote, quoting.adding_parameters(language)),
        "cite": (citing.cite, citing.parameters(language)),
        "dates": (dates.dates, dates.parameters(language)),
        "check": (files.check, files.reading_parameters(language)),
        "export": (pictures.export, pictures.export_parameters(language)),
        "marks": (pictures.marks, pictures.marks_parameters(language)),
        "backup": (backups.backup, backups.backup_parameters(language)),
        "restore": (backups.restore, backups.restore_parameters()),
    }
    for name in COMMANDS:
        run, parameters = commands[name]
        command = _Command(
            name=name,
            callback=partial(run, language),
            params=[*parameters, _help_option(language)],
            help=t(f"cli.help.{name}", language),
            add_help_option=False,
            options_metavar=t("cli.metavar.options", language),
            context_settings={"allow_extra_args": True},
        )
        command.language = language
        group.add_command(command)
    return group


class _Worded(click.Command):
    """A command whose help has its headings from the catalogue."""

    language: Language = "en"

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        heading = t("cli.heading.usage", self.language)
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{heading}: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section(t("cli.heading.options", self.language)):
            formatter.write_dl([record for record in records if record])


class _Command(_Worded):
    def invoke(self, ctx: click.Context) -> object:
        if ctx.args:
            raise AllianceError("usage.extra", value=ctx.args[0])
        return super().invoke(ctx)


class _Group(_Worded, click.Group):
    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _Worded.format_options(self, ctx, formatter)
        rows = [(name, command.get_short_help_str(90)) for name, command in self.commands.items()]
        with formatter.section(t("cli.heading.commands", self.language)):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            what = "usage.option" if args[0].startswith("-") else "usage.command"
            raise AllianceError(what, name=args[0], known=", ".join(self.commands))
        return super().resolve_command(ctx, args)


def _help_option(language: Language) -> click.Option:
    def show(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
        if wanted:
            output.result(ctx.get_help())
            ctx.exit()

    return click.Option(
        ["--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=t("cli.option.help", language),
    )


def _version_option(language: Language) -> click.Option:
    def show(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
        if wanted:
            output.result(f"{PROGRAM} {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=t("cli.option.version", language),
    )


def _usage_error(error: click.ClickException) -> AllianceError:
    """What click found wrong with the arguments, as an error that the catalogue has words for."""
    if isinstance(error, click.NoSuchOption):
        return AllianceError("usage.option", name=error.option_name, known="--help")
    if isinstance(error, click.MissingParameter) and error.param is not None:
        option = error.param.param_type_name == "option"
        name = error.param.opts[0] if option else error.param.human_readable_name
        return AllianceError("usage.missing", name=name)
    if isinstance(error, click.BadOptionUsage):
        return AllianceError("usage.argument", name=error.option_name)
    return AllianceError("usage.other", reason=error.format_message())
