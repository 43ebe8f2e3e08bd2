"""The commands and help pages as plain text, so that `--help` loads nothing else."""

from collections.abc import Iterable

# A command without a module is a group; its own commands follow it, each after its name.
COMMANDS = {
    "init": ("reporter.cli.init", "make a workspace to start from: for a country, or an example"),
    "new": ("reporter.cli.new", "begin a year or a country: files to fill and texts to write"),
    "serve": ("reporter.cli.serve", "open the workspace in a browser: the workbench"),
    "agencies": ("", "ask agencies for their figures, and take in what they answer"),
    "agencies ask": ("reporter.cli.agencies", "write a workbook for each agency, and a mail with it"),
    "agencies receive": ("reporter.cli.agencies", "take in the workbook that an agency sent"),
    "agencies answers": ("reporter.cli.agencies", "show what agencies say of a year, and accept it or not"),
    "import": ("reporter.cli.import_figures", "take in what UNODC or Eurostat publishes, or a table"),
    "explain": ("reporter.cli.explain", "trace a figure: value, file, line, source, where it is printed"),
    "protect": ("reporter.cli.protect", "decide which figures the public does not get"),
    "review": ("reporter.cli.review", "show what reviewers said in a Word file, sentence by sentence"),
    "check": ("reporter.cli.check", "show every finding: where, what is wrong, what to do"),
    "status": ("reporter.cli.status", "show what is due, what is missing, what was sent"),
    "audit": ("reporter.cli.audit", "find withheld figures that readers can work out"),
    "build": ("reporter.cli.build", "make the annual profile: PDF, web page, workbook, Word file"),
    "compare": ("reporter.cli.compare", "compare years, editions or countries"),
    "reconcile": ("", "compare figures with what others publish"),
    "reconcile unodc": ("reporter.cli.reconcile_unodc", "compare figures with those that UNODC publishes"),
    "reconcile eurostat": (
        "reporter.cli.reconcile_eurostat",
        "preview Eurostat's tables, beside what it published",
    ),
    "approve": ("reporter.cli.approve", "approve an edition that somebody else is to publish"),
    "publish": ("reporter.cli.publish", "freeze an edition; a later change is a corrigendum"),
    "rebuild": ("reporter.cli.rebuild", "make a published edition again, byte for byte"),
    "package": ("reporter.cli.package", "pack a final edition for a recipient: PDF, page, figures, letter"),
    "sign": ("reporter.cli.sign", "sign PDFs and packages, with a key from a file or a card"),
    "send": ("reporter.cli.send", "send a package to a recipient once, or put it into a folder"),
    "outbox": ("", "see what was sent and what waits, and file receipts"),
    "outbox list": ("reporter.cli.outbox", "list what was sent, what waits, and what needs a person"),
    "outbox resend": ("reporter.cli.outbox", "send a message again, with a person's name and reason"),
    "outbox receipt": ("reporter.cli.outbox", "file the receipt that came back"),
    "export": ("reporter.cli.export", "write figures as CSV, workbook, JSON, SDMX-CSV for Eurostat"),
    "verify": ("reporter.cli.verify", "check whether a package arrived as it was sent, and from whom"),
    "backup": ("", "keep the workspace as one file, and restore it"),
    "backup make": ("reporter.cli.backup", "write the workspace into one file, to be kept elsewhere"),
    "backup restore": ("reporter.cli.backup", "restore a backup, into an empty or new folder"),
    "admin": ("", "look after this machine, schemas, translations and PDFs"),
    "admin doctor": ("reporter.cli.doctor", "show what this machine lacks, what differs, and how to repair it"),
    "admin validate": ("reporter.cli.validate", "check finished PDFs by PDF/UA-1 and PDF/A-3a"),
    "admin schema": ("reporter.cli.schema", "write the JSON Schemas that editors complete with"),
    "admin messages": ("reporter.cli.messages", "write the words of the program for a translation"),
    "admin completion": ("reporter.cli.completion", "print the completion script of a shell"),
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
  -h, --help   this page; reporter {group} COMMAND --help tells more"""


def _lines(names: Iterable[str], group: str = "") -> str:
    return "\n".join(f"  {name:<14}{COMMANDS[f'{group} {name}'.strip()][1]}" for name in names)


SECTIONS = "\n".join(f"{heading}:\n{_lines(names)}" for heading, names in HEADINGS.items())
HELP = f"""\
Usage: reporter COMMAND [OPTIONS]

Makes the annual country profile of a National Rapporteur on trafficking in
human beings from yearly data in YAML and narrative in Markdown.

{SECTIONS}

Options:
  -h, --help   this page; reporter COMMAND --help tells more
  --version    the version of the program

Examples:
  reporter init DIR --country FI --languages en,fi
  reporter new LT 2021              the files of a year, to be filled
  reporter serve                    the workbench, in the browser
  reporter import glotip FILE FI    years of what UNODC publishes
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
