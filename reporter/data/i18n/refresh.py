"""Update the .po file of a language: its translations and comments stay; messages are added, or marked as obsolete."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale as Cldr
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from reporter.data.errors import ReporterError
from reporter.data.files.sources import TRANSLATIONS, packaged_file
from reporter.data.files.workspace import packaged_folder
from reporter.data.i18n.locale import Locale
from reporter.data.i18n.po_file import CHARSET, DOCUMENT, MACHINE, TOOL, PoFile, has_words, ids_of, texts_of
from reporter.data.i18n.words import N_
from reporter.data.records.label import ENGLISH, Said

# The ending of the templates, which `make messages` writes.
TEMPLATE = ".pot"
WIDTH = 110
# The order in which readers meet messages: covers and headings, chapters, then files and letters.
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
# {{label}} are values and stay as they are. A sentence whose msgstr is empty stays English.
"""
HEAD = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals={forms}; plural={rule};\\n"
"""
# The head of a file, with the comments above it.
HEADER = re.compile(r'(?:[ \t]*+(?:#.*+)?\n)*+[ \t]*msgid[ \t]+""[ \t]*\r?\n[ \t]*msgstr.*\n?(?:[ \t]*".*\n?)*')
Messages = Mapping[tuple[str, ...], Message]
# The forms of each message, and whether a person reviewed them.
Translations = Mapping[tuple[str, ...], tuple[tuple[str, ...], bool]]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The updated text of a file, and how many messages with words were added or became obsolete."""

    text: str
    added: int
    ended: int


@cache
def program_messages(*kinds: str) -> Messages:
    """The messages of the program, all or of some kinds. Raises ReporterError for a damaged installation."""
    message_by_ids: dict[tuple[str, ...], Message] = {}
    for kind in kinds or (DOCUMENT, TOOL):
        source = packaged_file(packaged_folder(TRANSLATIONS), f"{kind}{TEMPLATE}")
        if source is None or source.finding:
            message = f"the program lacks its file {TRANSLATIONS}/{kind}{TEMPLATE}"
            raise ReporterError(message, hint="install the program again")
        message_by_ids |= {ids_of(entry): entry for entry in read_po(io.BytesIO(source.content)) if entry.id}
    return message_by_ids


def head_of(language: str) -> str:
    plural = get_plural(language)
    return HEAD.format(language=language, forms=plural.num_plurals, rule=plural.plural_expr)


def refreshed(file: PoFile | None, language: str, brought: Iterable[PoFile] = (), *kinds: str) -> Refreshed:
    """Update or create the file of a language: add messages of these `kinds` (all) that the files `brought` with the
    program do not translate, and their translations by machine, to be reviewed."""
    message_by_ids, own = program_messages(), _messages_of(file.catalog if file else ())
    wanted = {} if language == ENGLISH else dict(program_messages(*kinds))
    for program_file in brought:
        drafts = {ids: draft for ids, draft in _messages_of(program_file.catalog).items() if MACHINE in draft.flags}
        wanted = {
            ids: drafts.get(ids, message)
            for ids, message in wanted.items()
            if ids in drafts or ids[0] not in program_file.translated
        }
    old = _messages_of(file.catalog.obsolete.values() if file else ())
    ended = {ids: message for ids, message in own.items() if ids not in message_by_ids}
    # An obsolete message that is used again gets its earlier translation back.
    back = {ids: message for ids, message in old.items() if ids in message_by_ids.keys() - own}
    # An empty translation gives way to that by machine.
    drafted = {ids for ids, item in wanted.items() if file and MACHINE in item.flags and ids[0] not in file.translated}
    current = {ids: item for ids, item in own.items() if ids not in ended and ids not in drafted} | back
    lacking = {ids: message for ids, message in wanted.items() if ids not in current}
    added = sum(has_words(ids[0]) for ids in (back | lacking))
    if file and not (ended or back or lacking) and HEADER.match(file.text):
        return Refreshed(file.text, 0, 0)
    obsolete = {ids: message for ids, message in (ended | old).items() if ids not in current}
    return Refreshed(
        _written(file, language, (*current.values(), *_in_reading_order(lacking)), obsolete), added, len(ended)
    )


def merged(file: PoFile | None, language: str, translations: Translations) -> str:
    """The file of a language with translations that came back: their plural forms, and whether a person reviewed them.
    They replace those of the file, but a reviewed one stays if the new one is not; so does the rest."""
    message_by_ids, own = program_messages(), _messages_of(file.catalog if file else ())
    reviewed = file.translated - file.machine if file else frozenset()
    messages = {
        ids: Message(
            message_by_ids[ids].id,
            forms if len(ids) > 1 else forms[0],
            message_by_ids[ids].locations,
            message_by_ids[ids].flags | ({MACHINE} if not is_reviewed else set()),
            message_by_ids[ids].auto_comments,
            own[ids].user_comments if ids in own else (),
            context=message_by_ids[ids].context,
        )
        for ids, (forms, is_reviewed) in translations.items()
        if is_reviewed or ids[0] not in reviewed
    }
    rest = (message for ids, message in own.items() if ids not in messages)
    obsolete = _messages_of(file.catalog.obsolete.values() if file else ())
    return _written(file, language, (*rest, *_in_reading_order(messages)), obsolete)


def _messages_of(messages: Iterable[Message]) -> dict[tuple[str, ...], Message]:
    return {ids_of(message): message for message in messages if message.id}


def _in_reading_order(messages: Messages) -> list[Message]:
    """Messages in the order of the modules in which a reader meets them."""

    def place(message: Message) -> tuple[int, str]:
        files = [name for name, _ in message.locations]
        rooms = ((rank, name) for name in files for rank, room in enumerate(PLACES) if name.startswith(room))
        return min(rooms, default=(len(PLACES), min(files, default="")))

    return sorted(messages.values(), key=place)


def _written(file: PoFile | None, language: str, messages: Iterable[Message], obsolete: Messages) -> str:
    """A file with these messages, the head of the earlier one, and its line ends."""
    catalog = Catalog(locale=language)
    if file:
        rule = f"nplurals={file.catalog.num_plurals}; plural={file.catalog.plural_expr};"
        catalog.mime_headers = [("Plural-Forms", rule)]
    for item in messages:
        # A message of signs alone is the same in every language, unless its translation says otherwise.
        output = item.string if any(texts_of(item.string)) else None if has_words(texts_of(item.id)[0]) else item.id
        comments = (item.auto_comments, item.user_comments)
        catalog[item.id] = Message(item.id, output, item.locations, item.flags, *comments, context=item.context)
    catalog.obsolete.update({"\0".join(ids): message for ids, message in obsolete.items()})
    target = io.BytesIO()
    write_po(target, catalog, width=WIDTH, include_lineno=False, omit_header=True)
    earlier = HEADER.match(file.text.replace("\r\n", "\n")) if file else None
    name = f"{Cldr.parse(language).get_language_name(ENGLISH)} ({language})"
    head = "" if file else ABOUT.format(name=name)
    # The file is written as UTF-8, whatever it was.
    head = CHARSET.sub("charset=utf-8", earlier[0], count=1) if earlier else head + head_of(language)
    text = f"{head.rstrip()}\n\n{target.getvalue().decode().strip()}".rstrip() + "\n"
    return text.replace("\n", "\r\n") if file and "\r\n" in file.text else text


# The flag by which `make messages` marks problems among the other messages.
PROBLEM = "problem"
PLACE = re.compile(r"\{(\w+)\}")
JOINTS, MOST_JOINTS = ("; ", ": ", ", "), 12
LEADING = re.compile(r"[;,:]? +")
# The value or name at the start of a message: `'1,5' has a decimal comma`.
VALUE = re.compile(r"\{.*\} |'(?:[^'\\]|\\.)*' |\"(?:[^\"\\]|\\.)*\" |\S+ ")
# A shorter value, such as `under way`, is a word of the files; a longer one is English.
FEWEST_WORDS = 3
PROSE = re.compile(r"(?:[a-z]+ ){2}[a-z]+|: [a-z]+ [a-z]+")
# Brackets and quotes contain words of the files, too.
CODE = re.compile(r"\{.*\}|\[.*\]|'[^']*'|\"[^\"]*\"", re.DOTALL)
# A frame with this many letters and signs does not match by accident.
MANY = 20
# What a system says about a file, and what happened to it.
OF_FILES = (
    N_("changed"),
    N_("is missing"),
    N_("was added"),
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("No space left on device"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("Read-only file system"),
)
# A message, its words between the values, and how many letters and signs these have.
Frame = tuple[str, tuple[str, ...], int]


def translated_problem(text: str, locale: Locale) -> str:
    """A problem or hint in the language of a page; in English, and marked so, if the catalogue lacks it."""
    if not text or isinstance(text, Said) or locale.language == ENGLISH:
        return text
    return _translation_of(text, locale) or Said(text, ENGLISH)


def _translation_of(text: str, locale: Locale) -> str:
    if translation := _near(text, locale):
        return translation
    if "\n" in text:
        # The lines below a message may quote a file.
        first, *lines = text.split("\n")
        translation = _translation_of(first, locale)
        return locale.joined("\n", (translation, *(_value(line, locale) for line in lines))) if translation else ""
    # A text that could be split in very many ways is the content of a file.
    is_apart = sum(map(text.count, JOINTS)) <= MOST_JOINTS
    if is_apart and (translation := _joined(text, locale)):
        return translation
    # A frame of few words, such as `write {line}`, is enough if the values are not English.
    translation = _filled(text, _frames(locale.translated), locale, is_short=True)
    return translation or (_placed(text, locale) if is_apart else _quoted(text, locale))


def _near(text: str, locale: Locale) -> str:
    """A text that matches most words of a frame, or many."""
    frames = _frames(locale.translated)
    return _filled(text, (item for item in frames if "; " in item[0] or item[2] >= min(MANY, len(text) / 2)), locale)


def _filled(text: str, frames: Iterable[Frame], locale: Locale, *, is_short: bool = False) -> str:
    for frame, words, _ in frames:
        if words[0] in text and all(word in text for word in words) and (match := re.fullmatch(_pattern(words), text)):
            values = [(group, _value(group, locale)) for group in match.groups()]
            if not is_short or not any(value == new and PROSE.search(CODE.sub("", value)) for value, new in values):
                parts = (translation for _, translation in values)
                return locale.text(frame, **dict(zip(PLACE.findall(frame), parts, strict=True)))
    return ""


def _value(text: str, locale: Locale) -> str:
    """A value of a message, perhaps itself a message."""
    match = LEADING.match(text)
    joint = match[0] if match else ""
    words = text.removeprefix(joint)
    translation = _translation_of(words, locale) if words in OF_FILES or len(words.split()) >= FEWEST_WORDS else ""
    return locale.joined(joint, ("", translation)) if translation else text


def _joined(text: str, locale: Locale) -> str:
    for joint in JOINTS:
        first, separator, last = text.partition(joint)
        if separator and (beginning := _translation_of(first, locale)) and (rest := _translation_of(last, locale)):
            return locale.joined(joint, (beginning, rest))
    return ""


def _placed(text: str, locale: Locale) -> str:
    """A message with its subject before it, such as a place or value, or an example after it."""
    first, joint, last = text.partition(": ")
    if joint and (translation := _translation_of(last, locale)):
        return locale.joined(joint, (first, translation))
    if translation := _quoted(text, locale):
        return translation
    about = VALUE.match(text)
    translation = _near(text[about.end() :], locale) if about else ""
    return locale.joined("", (text[: about.end()], translation)) if about and translation else ""


def _quoted(text: str, locale: Locale) -> str:
    """A message followed by the line of a file."""
    first, joint, line = text.partition(": ")
    translation = _near(first, locale) if joint else ""
    return locale.joined(joint, (translation, line)) if translation else ""


@lru_cache(maxsize=8)
def _frames(translated: frozenset[str]) -> tuple[Frame, ...]:
    """The problems and hints of a language, with the words between their values; those with most words first."""
    messages = (*OF_FILES, *(ids[0] for ids, message in program_messages().items() if PROBLEM in message.flags))
    split = (
        (message, tuple(words.replace("{{", "{").replace("}}", "}") for words in PLACE.split(message)[::2]))
        if PLACE.search(message)
        else (message, (message,))
        for message in messages
        if message in translated
    )
    frames = ((message, words, sum(map(len, words))) for message, words in split)
    return tuple(sorted(frames, key=lambda frame: -frame[2]))


@lru_cache(maxsize=4096)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, words)), re.DOTALL)
