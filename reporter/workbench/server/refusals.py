"""Why a request is not answered, and the remedy."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass

from reporter.data.errors import Finding, ReporterError, WordedError
from reporter.data.files.sources import MISSING
from reporter.data.i18n import N_, Locale
from reporter.data.i18n.refresh import said_problem


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered, and the remedy. `status` is that of HTTP."""

    status: int
    title: str
    remedy: str


WRONG_HOST = Refusal(
    403,
    N_("This name is not that of the workbench"),
    N_("Open the address that the terminal printed. Another name that leads to this machine is not answered."),
)
NO_TEXT = Refusal(
    400, N_("What arrived is no text"), N_("Addresses and forms are read as UTF-8. Go back and try again.")
)
FOREIGN = Refusal(
    403,
    N_("This did not come from a page of the workbench"),
    N_("Nothing was changed. Go to the page in question and do it there."),
)
UNKNOWN = Refusal(
    401,
    N_("This browser has not come in yet"),
    N_("Each address works once. Press Enter in the terminal in which reporter serve runs, and open the new one."),
)
UNNAMED = Refusal(
    401,
    N_("Nobody says who you are"),
    N_("The server before the workbench names who asks. Tell the person who keeps it."),
)
READ_ONLY = Refusal(
    403,
    N_("The workbench is open for reading only"),
    N_("Nothing was changed. To change something, start reporter serve without --read-only."),
)
TOO_LARGE = Refusal(413, N_("This is too large"), N_("Nothing was changed. A form takes at most one megabyte."))
TOO_LARGE_FILE = Refusal(
    413,
    N_("This file is too large"),
    N_("Nothing was changed. A file takes at most 500 megabytes here; reporter backup restore takes a larger back-up."),
)
NO_PAGE = Refusal(
    404, N_("There is no such page"), N_("Go to the first page, and from there to the one that you look for.")
)
NO_WAY = Refusal(
    405,
    N_("This address is not asked in this way"),
    N_("Nothing was changed. Go to the first page, and from there to the one that you look for."),
)
FOLDER_GONE = Refusal(
    503,
    N_("The folder of the workspace is gone"),
    N_("Put it back where it was, under its name. The workbench goes on by itself."),
)
UNREAD = Refusal(409, N_("The files cannot be read"), N_("Correct what is listed here, in an editor."))
NOT_YET = Refusal(503, N_("The workspace is being read"), N_("That takes a moment."))
LOST = Refusal(
    404,
    N_("What this was about is not there any more"),
    N_("Somebody took its file or its line away. Put it back, or copy from here what you wrote."),
)
FAULT = Refusal(
    500,
    N_("A fault of the program"),
    N_("Nothing was lost. The terminal in which reporter serve runs says what happened; send that to the maintainers."),
)


Words = tuple[str, str]
FULL: Words = (
    N_("The disk is full: this could not be written"),
    N_("Make room on the disk, then write it again. What stood in the files is unchanged."),
)
BARRED: Words = (
    N_("The file, or the folder in which it lies, may not be written"),
    N_("Have its rights mended by whoever keeps this machine, then write it again. What stood in it is unchanged."),
)
BY_ERROR: Mapping[int, Words] = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: BARRED,
    errno.EACCES: BARRED,
    errno.EPERM: BARRED,
}
BY_CODE: Mapping[str, Words] = {
    MISSING: (N_("The file is not there"), N_("Put it back where it was.")),
    "unreadable": (
        N_("There is no file that can be read"),
        N_("See that a file lies there, not a folder, and that its rights let you read it."),
    ),
    "outside-workspace": (N_("A link leads out of the workspace"), N_("Put the file itself in its place.")),
    "too-large": (N_("The file is too large"), N_("Keep figures and text only in it.")),
    "not-text": (N_("The file is no plain text"), N_("Save it as plain text, with the encoding UTF-8.")),
    "not-utf-8": (N_("The file is not written in UTF-8"), N_("Save it with the encoding UTF-8.")),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """The obstacle, the remedy, and the program's own words (`detail`), empty where the fact says it all."""

    fact: str
    remedy: str
    detail: str = ""


def trouble_of(problem: ReporterError, locale: Locale) -> Trouble:
    cause = problem.__cause__
    words = BY_ERROR.get(cause.errno or 0) if isinstance(cause, OSError) else None
    if words:
        return Trouble(locale.text(words[0]), locale.text(words[1]), said_problem(problem.message, locale))
    if isinstance(problem, WordedError):
        return Trouble(*(each and locale.text(each, **problem.values) for each in (problem.words, problem.remedy)))
    return Trouble(said_problem(problem.message, locale), said_problem(problem.hint, locale))


def trouble_of_finding(finding: Finding, locale: Locale) -> Trouble:
    """Why a file cannot be read; in English where only the loader knows."""
    words = BY_CODE.get(finding.code)
    if words:
        return Trouble(locale.text(words[0]), locale.text(words[1]))
    return Trouble(said_problem(finding.message, locale), said_problem(finding.hint, locale))
