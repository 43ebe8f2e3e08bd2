"""The commands and the help page, as plain text. `--help` loads nothing else."""

COMMANDS = {
    "init": ("reporter.cli.init", "make a workspace to start from: for a country, or an example"),
    "new": ("reporter.cli.init", "begin a year or a country: files to fill and texts to write"),
    "serve": ("reporter.cli.serve", "open the workspace in a browser: the workbench"),
    "check": ("reporter.cli.check", "show every finding: where, what is wrong, what to do"),
    "questionnaire": ("reporter.cli.agencies", "ask agencies for their figures, in a workbook each"),
    "receive": ("reporter.cli.agencies", "take in the workbook that an agency sent"),
    "import": ("reporter.cli.import_figures", "take in what another publication states: UNODC"),
    "answers": ("reporter.cli.agencies", "decide on what agencies say of a year"),
    "review": ("reporter.cli.review", "tell what reviewers said in a Word file, sentence by sentence"),
    "protect": ("reporter.cli.protect", "decide what the public does not get, and write it down"),
    "build": ("reporter.cli.build", "make the annual profile: PDF, web page, workbook"),
    "compare": ("reporter.cli.compare", "lay years, editions or countries side by side"),
    "status": ("reporter.cli.status", "show what is due, what is missing, what was sent"),
    "approve": ("reporter.cli.publish", "approve an edition that somebody else is to publish"),
    "publish": ("reporter.cli.publish", "freeze an edition; a later change is a corrigendum"),
    "rebuild": ("reporter.cli.publish", "make a published edition again, byte for byte"),
    "validate": ("reporter.cli.validate", "check finished PDFs by PDF/UA-1 and PDF/A-3a"),
    "reconcile": ("reporter.cli.reconcile", "compare figures with those that UNODC publishes"),
    "audit": ("reporter.cli.audit", "tell which withheld figures readers can work out"),
    "package": ("reporter.cli.package", "pack a final edition for a recipient: PDF, page, figures, letter"),
    "sign": ("reporter.cli.sign", "sign PDFs and packages, with a key from a file or a card"),
    "verify": ("reporter.cli.verify", "tell whether a package arrived as it was sent, and by whom"),
    "send": ("reporter.cli.send", "send a package to a recipient, once, or lay it in a folder"),
    "outbox": ("reporter.cli.outbox", "list what was sent, what waits, what a person must see to"),
    "resend": ("reporter.cli.outbox", "send a message again, with a person's name and reason"),
    "receipt": ("reporter.cli.outbox", "file the receipt that came back"),
    "backup": ("reporter.cli.backup", "write the workspace into one file, to be kept elsewhere"),
    "restore": ("reporter.cli.backup", "restore a back-up into an empty folder, or move what is there aside"),
    "explain": ("reporter.cli.explain", "trace a figure: value, file, line, source, where it is printed"),
    "export": ("reporter.cli.export", "write the figures as CSV, workbook, SDMX-CSV for Eurostat, JSON"),
    "preview": ("reporter.cli.preview_eurostat", "show how Eurostat's tables will read, beside what it published"),
    "messages": ("reporter.cli.messages", "write the words of the program for a translation into a language"),
    "schema": ("reporter.cli.schema", "write the JSON Schemas that editors complete with"),
    "doctor": ("reporter.cli.doctor", "say what this machine lacks, what differs, and what mends it"),
    "completion": ("reporter.cli.group", "print the completion script of a shell"),
}

HELP = """\
Usage: reporter COMMAND [OPTIONS]

Makes the annual country profile of a National Rapporteur on trafficking in
human beings from yearly data in YAML and narrative in Markdown.

Commands:
{commands}

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
3 a fault of the program, 130 interrupted.
""".format(commands="\n".join(f"  {name:<14}{line}" for name, (_, line) in COMMANDS.items()))
