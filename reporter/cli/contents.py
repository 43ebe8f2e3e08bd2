"""The commands and help pages as plain text, so that `--help` loads nothing else."""

from collections.abc import Iterable

# A command without a module is a group; its own commands follow it, each after its name.
COMMANDS = {
    "init": ("reporter.cli.start", "create a workspace for a country, or with an example"),
    "new": ("reporter.cli.start", "start a year or a country: files to fill in, texts to write"),
    "serve": ("reporter.cli.serve", "open the workbench: the workspace in a browser"),
    "agencies": ("", "ask agencies for their figures, and import their answers"),
    "agencies ask": ("reporter.cli.agencies", "write a workbook and a mail for each agency"),
    "agencies receive": ("reporter.cli.agencies", "import a workbook from an agency"),
    "agencies answers": ("reporter.cli.agencies", "show agencies' answers for a year, and accept or reject them"),
    "import": ("reporter.cli.import_figures", "import figures published by UNODC or Eurostat, or a table"),
    "explain": ("reporter.cli.explain", "trace a figure: value, file, line, source, where it is printed"),
    "protect": ("reporter.cli.protect", "decide which figures are withheld from the public"),
    "review": ("reporter.cli.review", "show reviewers' remarks in a Word file, sentence by sentence"),
    "check": ("reporter.cli.check", "show every finding: place, problem, remedy"),
    "status": ("reporter.cli.status", "show what is due, what is missing, what was sent"),
    "audit": ("reporter.cli.audit", "find withheld figures that readers can work out"),
    "build": ("reporter.cli.build", "make the annual profile: PDF, web page, workbook, Word file"),
    "compare": ("reporter.cli.compare", "compare years, editions or countries"),
    "reconcile": ("", "compare figures with other publications"),
    "reconcile unodc": ("reporter.cli.reconcile", "compare figures with those published by UNODC"),
    "reconcile eurostat": ("reporter.cli.reconcile", "preview Eurostat's tables, compared with published ones"),
    "approve": ("reporter.cli.publishing", "approve an edition, for someone else to publish"),
    "publish": ("reporter.cli.publishing", "freeze an edition; a later change is a corrigendum"),
    "rebuild": ("reporter.cli.publishing", "make a published edition again, byte for byte"),
    "package": ("reporter.cli.package", "pack a final edition for a recipient: PDF, page, figures, letter"),
    "sign": ("reporter.cli.sign", "sign PDFs and packages, with a key from a file or a card"),
    "send": ("reporter.cli.sending", "send a package to a recipient, once, or put it in a folder"),
    "outbox": ("", "list sent and waiting messages, and file receipts"),
    "outbox list": ("reporter.cli.sending", "list messages sent, waiting, or needing a decision"),
    "outbox resend": ("reporter.cli.sending", "send a message again, with a person's name and reason"),
    "outbox receipt": ("reporter.cli.sending", "file the receipt of a message"),
    "export": ("reporter.cli.export", "write figures as CSV, workbook, JSON, SDMX-CSV for Eurostat"),
    "verify": ("reporter.cli.verify", "check that a package is complete, unaltered and signed"),
    "backup": ("", "back up the workspace as one file, and restore it"),
    "backup make": ("reporter.cli.backup", "write the workspace to one file, to keep elsewhere"),
    "backup restore": ("reporter.cli.backup", "restore a backup, into an empty or new folder"),
    "admin": ("", "check this machine and PDFs; write schemas and translations"),
    "admin doctor": ("reporter.cli.doctor", "show what is missing on this machine, and how to install it"),
    "admin validate": ("reporter.cli.admin", "check finished PDFs by PDF/UA-1 and PDF/A-3a"),
    "admin schema": ("reporter.cli.admin", "write the JSON Schemas with which editors complete words"),
    "admin messages": ("reporter.cli.translations", "write the words of the program for a translation"),
    "admin translate": ("reporter.cli.translations", "write the text of a year for a translation, and import it"),
    "admin completion": ("reporter.cli.admin", "print the completion script of a shell"),
}
HEADINGS = {
    "Start": ("init", "new", "serve"),
    "Figures": ("agencies", "import", "explain", "protect"),
    "Texts": ("review",),
    "Check": ("check", "status", "audit"),
    "Build": ("build",),
    "Compare": ("compare", "reconcile"),
    "Publish": ("approve", "publish", "rebuild"),
    "Send": ("package", "sign", "send", "outbox"),
    "Exchange": ("export", "verify"),
    "Administration": ("backup", "admin"),
}
# Commands by the last word of their name, for those that used to be in no group.
RENAMED = {name.split()[1]: name for name in COMMANDS if " " in name}
RENAMED |= {"questionnaire": "agencies ask", "preview": "reconcile eurostat"}


def commands_in(group: str = "") -> dict[str, str]:
    """The commands of a group (by default of the program) with their lines, by their names in the group."""
    start = f"{group} " if group else ""
    names = {name.removeprefix(start): line for name, (_, line) in COMMANDS.items() if name.startswith(start)}
    return {name: line for name, line in names.items() if " " not in name}


def help_of(group: str) -> str:
    """The help page of a group, which loads none of its commands."""
    return f"""\
Usage: reporter {group} COMMAND [OPTIONS]

  {COMMANDS[group][1]}

Commands:
{_lines(commands_in(group), group)}

Options:
  -h, --help   this page; for more: reporter {group} COMMAND --help"""


def _lines(names: Iterable[str], group: str = "") -> str:
    return "\n".join(f"  {name:<14}{COMMANDS[f'{group} {name}'.strip()][1]}" for name in names)


SECTIONS = "\n".join(f"{heading}:\n{_lines(names)}" for heading, names in HEADINGS.items())
HELP = f"""\
Usage: reporter COMMAND [OPTIONS]

Makes the annual country profile of a National Rapporteur on trafficking in
human beings from yearly data in YAML and narrative in Markdown.

{SECTIONS}

Options:
  -h, --help   this page; for more: reporter COMMAND --help
  --version    the version of the program

Examples:
  reporter init DIR --country FI --languages en,fi
  reporter new LT 2021              the files of a year, to fill in
  reporter serve                    the workbench, in the browser
  reporter import glotip FILE FI    years published by UNODC
  reporter check LT                 all findings on Lithuania
  reporter build LT 2020            build/LT/2020/LT-2020-en.pdf
  reporter build LT --format html   build/LT/2020/LT-2020-en.html
  reporter compare LT 2019 2020     build/LT/compare-2019-2020/
  reporter explain LT 2020 victims.identified
  reporter export LT 2020 --format csv,xlsx
  reporter package LT 2020 --to commission

Exit codes: 0 fine, 1 findings or a failed edition, 2 wrong usage,
3 a fault in the program, 130 interrupted.
"""
