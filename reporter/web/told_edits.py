"""What somebody would take back, in the words of who reads."""

from collections.abc import Sequence

from reporter.context import Context
from reporter.edit.amendment import Edit
from reporter.edit.journal import JournalLine
from reporter.i18n import N_, NN_, Locale
from reporter.model import Vintage
from reporter.sections.retold import label_at
from reporter.web.amending import OF_FILE, line_name
from reporter.web.chapter_places import chapter_of_address, part_of_section

# Longer pieces are not told in the status bar.
SHORT, TOO_LONG = 24, "…"
VALUES, CHANGES = NN_("{n} value", "{n} values"), NN_("{n} change", "{n} changes")
FIGURES, REMARKS = "figures", frozenset({"flags", "note", "source", "confidentiality"})
# What is written beside figures and texts, and the page that shows it.
BESIDE = {
    "still_holds": (N_("that a text still holds"), "text"),
    "accepted": (N_("a finding accepted"), "findings"),
    "status": (N_("the status"), "release"),
}


def told_edits(
    lines: Sequence[JournalLine], vintage: Vintage, locale: Locale, here: str
) -> tuple[str, str, str, str, bool]:
    """The name of edits that are taken back at once; what they are about, what stood there and what does, the latter
    empty where that is too long; and whether another page shows them, so that it is asked first."""
    edit, *others = (each.edit for each in lines)
    title, place = _told(edit, vintage, locale)
    before, after = ("", "") if others else (_short(piece) for piece in (edit.before, edit.after))
    if others:
        are_values = all(each.edit.path[0] == FIGURES and REMARKS.isdisjoint(each.edit.path) for each in lines)
        title = locale.count(*(VALUES if are_values else CHANGES), len(lines))
    elif TOO_LONG in (before, after):
        before = after = ""
    return line_name(lines[-1]), title, before, after, bool(place) and not f"{here}/".startswith(f"{place}/")


def _told(edit: Edit, vintage: Vintage, locale: Locale) -> tuple[str, str]:
    """What an edit is about, and the page on which it is seen; none where many show it."""
    found, first, *inner = OF_FILE.match(edit.file), *(edit.path or ("",))
    year = f"/{found[1]}/{found[2]}" if found else ""
    if first == FIGURES and inner:
        own = (each for each in inner if each != "total" and not each.startswith("by ") and each not in REMARKS)
        label = label_at(".".join(own), Context(vintage, locale))
        return label, f"{year}/figures/{chapter_of_address(inner[0], vintage.data)}"
    language = edit.file.partition("/text/")[2].partition("/")[0]
    if language and (part := part_of_section(first)):
        title = locale.joined(", ", (locale.text(part.title), locale.language_name(language)))
        return title, f"{year}/text/{language}/{part.code}"
    if first in BESIDE:
        title, room = BESIDE[first]
        return locale.text(title), f"{year}/{room}"
    # The number of an item says nothing without its list.
    words = inner if inner and not "".join(inner).isdecimal() else edit.path
    return f"{' '.join(words)} ({edit.file.rpartition('data/')[2]})", ""


def _short(piece: str) -> str:
    value = piece.partition(":")[2].split("  #")[0].strip()
    return value if len(value) <= SHORT and "\n" not in value else TOO_LONG
