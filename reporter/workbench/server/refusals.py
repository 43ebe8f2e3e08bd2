"""Why a request is not answered, and the remedy."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass

from reporter.data.errors import Finding, ReporterError, WordedError
from reporter.data.files.sources import MISSING
from reporter.data.i18n import N_, Locale
from reporter.data.i18n.refresh import translated_problem


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered, and the remedy. `status` is that of HTTP."""

    status: int
    title: str
    remedy: str


WRONG_HOST = Refusal(
    403,
    N_("This is not a name of the workbench"),
    N_("Open the address shown in the terminal. Requests under other names of this computer are refused."),
)
NO_TEXT = Refusal(
    400, N_("The request is not text"), N_("Addresses and forms are read as UTF-8. Go back and try again.")
)
FOREIGN = Refusal(
    403,
    N_("This request did not come from a page of the workbench"),
    N_("Nothing was changed. Open the page in question and do it there."),
)
UNKNOWN = Refusal(
    401,
    N_("This browser is not signed in"),
    N_("Each address works once. Press Enter in the terminal that runs reporter serve, and open the new address."),
)
UNNAMED = Refusal(
    401, N_("No user name was received"), N_("The proxy server must provide the user name. Tell its administrator.")
)
READ_ONLY = Refusal(
    403,
    N_("The workbench is read-only"),
    N_("Nothing was changed. To make changes, start reporter serve without --read-only."),
)
TOO_LARGE = Refusal(413, N_("This is too large"), N_("Nothing was changed. A form may be up to one megabyte in size."))
TOO_LARGE_FILE = Refusal(
    413,
    N_("This file is too large"),
    N_(
        "Nothing was changed. Files here may be up to 500 megabytes in size; restore a larger backup with reporter "
        "backup restore."
    ),
)
NO_PAGE = Refusal(404, N_("Page not found"), N_("Go to the first page and navigate from there."))
NO_WAY = Refusal(
    405,
    N_("This address does not accept such requests"),
    N_("Nothing was changed. Go to the first page and navigate from there."),
)
FOLDER_GONE = Refusal(
    503,
    N_("The folder of the workspace is missing"),
    N_("Restore the folder to its place, under its name. The workbench continues automatically."),
)
UNREAD = Refusal(409, N_("The files cannot be read"), N_("Correct the errors listed here in an editor."))
NOT_YET = Refusal(503, N_("The workspace is being read"), N_("This takes a moment."))
LOST = Refusal(
    404, N_("This item no longer exists"), N_("Its file or line was removed. Restore it, or copy your text from here.")
)
FAULT = Refusal(
    500,
    N_("Fault in the program"),
    N_("Nothing was lost. The terminal that runs reporter serve shows what happened; send that to the maintainers."),
)


Words = tuple[str, str]
FULL: Words = (
    N_("The disk is full: this could not be written"),
    N_("Free space on the disk, then try again. The files are unchanged."),
)
BARRED: Words = (
    N_("The file or its folder may not be changed"),
    N_("Ask the administrator of this computer for write access, then try again. The file is unchanged."),
)
BY_ERROR: Mapping[int, Words] = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: BARRED,
    errno.EACCES: BARRED,
    errno.EPERM: BARRED,
}
BY_CODE: Mapping[str, Words] = {
    MISSING: (N_("The file is missing"), N_("Restore the file.")),
    "unreadable": (
        N_("There is no readable file"),
        N_("Check that it is a file, not a folder, and that you have the right to read it."),
    ),
    "outside-workspace": (N_("A link leads out of the workspace"), N_("Replace the link with the file itself.")),
    "too-large": (N_("The file is too large"), N_("Keep only figures and text in the file.")),
    "not-text": (N_("The file is not plain text"), N_("Save it as plain text, with the encoding UTF-8.")),
    "not-utf-8": (N_("The file is not in UTF-8"), N_("Save it with the encoding UTF-8.")),
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
        return Trouble(locale.text(words[0]), locale.text(words[1]), translated_problem(problem.message, locale))
    if isinstance(problem, WordedError):
        return Trouble(*(text and locale.text(text, **problem.values) for text in (problem.words, problem.remedy)))
    return Trouble(translated_problem(problem.message, locale), translated_problem(problem.hint, locale))


def trouble_of_finding(finding: Finding, locale: Locale) -> Trouble:
    """Why a file cannot be read; in English where only the loader knows."""
    if words := BY_CODE.get(finding.code):
        return Trouble(locale.text(words[0]), locale.text(words[1]))
    return Trouble(translated_problem(finding.message, locale), translated_problem(finding.hint, locale))
