"""What somebody would take back, in the words of who reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporter.context import Context
from reporter.edit.amendment import Edit
from reporter.edit.journal import JournalLine
from reporter.i18n import N_, NN_, Locale
from reporter.model import Vintage
from reporter.sections.retold import label_at
from reporter.web.amending import OF_FILE, line_name
from reporter.web.chapter_places import chapter_of_address, part_of_section

# Longer pieces are not told in the status bar.
SHORT = 24
TOO_LONG = "…"
VALUES, CHANGES = NN_("{n} value", "{n} values"), NN_("{n} change", "{n} changes")
FIGURES, REMARKS = "figures", frozenset({"flags", "note", "source", "confidentiality"})
HOLDS, ACCEPTED = "still_holds", "accepted"
# What is written beside figures and texts, by its key.
TITLES = {HOLDS: N_("that a text still holds"), ACCEPTED: N_("a finding accepted"), "status": N_("the status")}
PAGES = {HOLDS: "text", ACCEPTED: "findings", "status": "release"}


@dataclass(frozen=True, slots=True)
class ToldEdit:
    """Edits that are taken back at once. `name` is that by which they are asked for; `before` and `after` are empty of
    what is too long to show. What `is_elsewhere` is not on the page that is shown: it is asked about first."""

    name: str
    title: str
    before: str
    after: str
    is_elsewhere: bool


def told_edits(lines: Sequence[JournalLine], vintage: Vintage, locale: Locale, here: str) -> ToldEdit:
    edit, *others = (each.edit for each in lines)
    title, place = _told(edit, vintage, locale)
    is_elsewhere = bool(place) and not f"{here}/".startswith(f"{place}/")
    if others:
        are_values = all(each.edit.path[0] == FIGURES and REMARKS.isdisjoint(each.edit.path) for each in lines)
        number = locale.count(*(VALUES if are_values else CHANGES), len(lines))
        return ToldEdit(line_name(lines[-1]), number, "", "", is_elsewhere)
    before, after = (_short(piece) for piece in (edit.before, edit.after))
    is_long = TOO_LONG in (before, after)
    return ToldEdit(line_name(lines[-1]), title, *(("", "") if is_long else (before, after)), is_elsewhere)


def _told(edit: Edit, vintage: Vintage, locale: Locale) -> tuple[str, str]:
    """What an edit is about, and the address of the page on which it is seen; empty where many show it."""
    found, first = OF_FILE.match(edit.file), edit.path[0] if edit.path else ""
    country, year = (found[1], found[2]) if found else ("", "")
    if first == FIGURES and len(edit.path) > 1:
        own = [each for each in edit.path[1:] if each != "total" and not each.startswith("by ") and each not in REMARKS]
        chapter = chapter_of_address(edit.path[1], vintage.data)
        return label_at(".".join(own), Context(vintage, locale)), f"/{country}/{year}/figures/{chapter}"
    _, inside, text = edit.file.partition("/text/")
    part = part_of_section(first) if inside else None
    if part:
        language = text.partition("/")[0]
        title = locale.joined(", ", (locale.text(part.title), locale.language_name(language)))
        return title, f"/{country}/{year}/text/{language}/{part.code}"
    if first in TITLES:
        return locale.text(TITLES[first]), f"/{country}/{year}/{PAGES[first]}"
    # The number of an item says nothing without its list.
    words = edit.path[1:] if not "".join(edit.path[1:]).isdecimal() else edit.path
    return f"{' '.join(words or edit.path)} ({edit.file.rpartition('data/')[2]})".strip(), ""


def _short(piece: str) -> str:
    _, _, value = piece.partition(":")
    value = value.split("  #")[0].strip()
    return value if len(value) <= SHORT and "\n" not in value else TOO_LONG
