"""Bring the .po file of a language up to date. Nothing that somebody wrote is written anew: lines are added, or marked
as out of use."""

import io
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from babel import Locale as Cldr
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from reporter.data.errors import ReporterError
from reporter.data.files.sources import TRANSLATIONS, packaged_file
from reporter.data.files.workspace import packaged_folder
from reporter.data.i18n.po_file import CHARSET, COMMENT, OBSOLETE, PoEntry, PoFile, has_words, texts_of
from reporter.data.records.label import ENGLISH

# The messages of the program without any translation; `make messages` writes it.
TEMPLATE = "reporter.pot"
WIDTH = 110
# In this order a reader meets the messages: covers and headings, chapters, then files and letters.
PLACES = (
    "templates/",
    "reporter/data/outline.py",
    "reporter/report/document/",
    "reporter/report/sections/",
    "reporter/report/charts/",
    "reporter/text/",
    "reporter/report/tables/",
    "reporter/data/i18n/",
)
ABOUT = """\
# The words of the program in {name}.
# Write each translation between the quotation marks of the msgstr below its msgid. Names in braces such as
# {{label}} stand for values and stay as they are. A sentence whose msgstr is empty stays English.
"""
HEAD = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals={forms}; plural={rule};\\n"
"""
Messages = Mapping[tuple[str, ...], Message]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The text of a file that is up to date. With how many messages of words were added, and how many went out of
    use."""

    text: str
    added: int
    ended: int


@cache
def program_messages() -> Messages:
    """Every message of the program, by itself and its plural. Raises ReporterError when the program is not installed
    whole."""
    source = packaged_file(packaged_folder(TRANSLATIONS), TEMPLATE)
    if source is None or source.finding:
        raise ReporterError(f"the program lacks its file {TRANSLATIONS}/{TEMPLATE}", hint="install it anew")
    catalog = read_po(io.BytesIO(source.content))
    return {texts_of(each.id): each for each in catalog if each.id}


def head_of(language: str) -> str:
    plural = get_plural(language)
    return HEAD.format(language=language, forms=plural.num_plurals, rule=plural.plural_expr)


def refreshed(file: PoFile | None, language: str, elsewhere: Collection[str] = ()) -> Refreshed:
    """Bring the file of a language up to date, or begin it. It gets what it lacks of the messages of the program, but
    for those that are translated `elsewhere`."""
    known, entries = program_messages(), file.entries if file else ()
    lines = file.text.split("\n") if file else []
    active = {each.ids for each in entries if not each.obsolete}
    ended = [each for each in entries if not each.obsolete and each.ids not in known and any(each.ids)]
    # What is in use again is the translation that somebody wrote for it then.
    back = {each.ids: each for each in entries if each.obsolete and each.ids in known.keys() - active}
    for entry in ended:
        _alter(lines, entry, lambda line: f"{OBSOLETE} {line}")
    for entry in back.values():
        _alter(lines, entry, lambda line: line.removeprefix(OBSOLETE).lstrip())
    lacking = [each for ids, each in known.items() if ids not in active | back.keys() and ids[0] not in elsewhere]
    text = _headed("\n".join(lines), file, language)
    if lacking:
        text = f"{text.rstrip()}\n\n{_written(lacking, file, language)}"
    ending = "\r\n" if file and "\r\n" in file.text else "\n"
    added = sum(has_words(ids[0]) for ids in (*back, *(texts_of(each.id) for each in lacking)))
    return Refreshed(ending.join(text.replace("\r\n", "\n").split("\n")), added, len(ended))


def _alter(lines: list[str], entry: PoEntry, alter: Callable[[str], str]) -> None:
    for number in range(entry.start, entry.end):
        line = lines[number].strip()
        if line and (line.startswith(OBSOLETE) or not line.startswith(COMMENT)):
            lines[number] = alter(line)


def _headed(text: str, file: PoFile | None, language: str) -> str:
    if file is None:
        name = Cldr.parse(language).get_language_name(ENGLISH)
        return ABOUT.format(name=f"{name} ({language})") + head_of(language)
    if not any(each.ids == ("",) for each in file.entries):
        return f"{head_of(language)}\n{text}"
    # It is written as UTF-8, whatever it was; a message may name an encoding, too.
    head, end, rest = text.partition("\n\n")
    return f"{CHARSET.sub('charset=utf-8', head, count=1)}{end}{rest}"


def _written(messages: Iterable[Message], file: PoFile | None, language: str) -> str:
    catalog = Catalog(locale=language)
    if file:
        rule = f"nplurals={file.catalog.num_plurals}; plural={file.catalog.plural_expr};"
        catalog.mime_headers = [("Plural-Forms", rule)]
    placed = []
    for each in messages:
        # Where a reader meets a message: its room, its file.
        files = [name for name, _ in each.locations]
        rooms = ((rank, name) for name in files for rank, room in enumerate(PLACES) if name.startswith(room))
        placed.append((min(rooms, default=(len(PLACES), min(files, default=""))), each))
    for _, each in sorted(placed, key=itemgetter(0)):
        # What is made of signs only stands in every language as it is, unless somebody writes it otherwise.
        said = None if has_words(texts_of(each.id)[0]) else each.id
        catalog[each.id] = Message(each.id, said, locations=each.locations, flags=each.flags)
    target = io.BytesIO()
    write_po(target, catalog, width=WIDTH, include_lineno=False, omit_header=True)
    return target.getvalue().decode()
