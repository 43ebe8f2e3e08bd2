"""Why a request is not answered, and what mends it."""

from dataclasses import dataclass

from reporter.i18n import N_


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered, and what mends it. `status` is that of HTTP."""

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
    N_("Nothing was changed. A file takes at most 500 megabytes here; reporter restore takes a larger back-up."),
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
UNREAD = Refusal(409, N_("The files cannot be read"), N_("Mend what is listed here in an editor."))
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
