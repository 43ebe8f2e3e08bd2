"""Read the messages of a language from its .po file with Babel. What Babel would misread, such as a line without its
closing quotation mark, is reported first."""

import gettext
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, PoFileParser

from reporter.data.errors import DataError, Finding, Mark, error_at
from reporter.data.files.sources import TRANSLATIONS, SourceFile, Sources, packaged_file
from reporter.data.files.workspace import packaged_folder

BROKEN = "bad-messages"
UTF_8 = "utf-8"
# The messages that can be printed in a document, with the labels of the catalogue, and all others.
DOCUMENT, TOOL = "document", "tool"
CATALOGUE = ".po"
PLACE = re.compile(r"\{\w*\}")
LETTER = re.compile(r"[^\W\d_]")
# A line of a message: a keyword and text in quotation marks, or more text.
KEYWORD = re.compile(r"(msgid|msgid_plural|msgctxt|msgstr(?:\[\d+\])?)(?:\s+|(?=[^\w\s])|\Z)")
QUOTED = re.compile(r'"(?:.*[^\\])??(?:\\\\)*"')
CHARSET = re.compile(r"charset=([\w.:-]+)", re.I)
OBSOLETE, COMMENT = "#~", "#"
# The previous text of a message, which Babel takes for something else.
PREVIOUS = re.compile(r"^[ \t]*#~?\|.*$", re.M)
# The flag of a translation by machine that no person has reviewed.
MACHINE = "machine"
# Between a context and its message in a compiled catalogue.
JOINT = "\x04"


@dataclass(frozen=True, slots=True)
class PoFile:
    """A .po file: its text, and its messages as Babel's catalogue."""

    path: str
    text: str
    catalog: Catalog

    @property
    def translated(self) -> frozenset[str]:
        return frozenset(
            ids_of(entry)[0] for entry in self.catalog if entry.id and all_forms(entry) and not entry.fuzzy
        )

    @property
    def machine(self) -> frozenset[str]:
        """The messages translated by machine and not reviewed."""
        return self.translated & {ids_of(item)[0] for item in self.catalog if item.id and MACHINE in item.flags}

    @property
    def first_line(self) -> int:
        waiting = (item.lineno or 1 for item in self.catalog if item.id and not (all_forms(item) and not item.fuzzy))
        return min(waiting, default=0)

    def faults(self) -> Iterator[Finding]:
        """Faults in translations: placeholders and plural forms."""
        for message in self.catalog:
            if message.id and any(texts_of(message.string)) and not message.fuzzy:
                for fault in _faults(message, self.catalog.num_plurals):
                    hint = "correct the translation: keep names in braces as in the message"
                    yield _finding(self.path, (message.lineno or 1) - 1, fault, hint)


def program_files(language: str) -> Iterator[SourceFile]:
    """The program's messages of a language: those of documents, and those of the tool."""
    for kind in (DOCUMENT, TOOL):
        if file := packaged_file(packaged_folder(TRANSLATIONS), f"{kind}/{language}{CATALOGUE}"):
            yield file


Found = tuple[gettext.NullTranslations, frozenset[str], frozenset[str]]


def messages_in(sources: Sources, language: str) -> Found:
    """The messages of a language, those of the snapshot before those of the program."""
    own = sources.get(f"{TRANSLATIONS}/{language}{CATALOGUE}")
    try:
        return messages_of((*program_files(language), *((own,) if own else ())), language)
    except DataError:  # reported where sentences are printed, and by the check
        return messages_of(program_files(language), language)


def messages_of(catalogues: Iterable[SourceFile], language: str) -> Found:
    """The messages of a language, which are translated, and which of these by machine; later files first. Raises
    DataError for a broken file."""
    read = tuple(catalogues)
    if findings := tuple(file.finding for file in read if file.finding):
        raise DataError(findings[:1])
    return _messages(tuple((file.path, file.content) for file in read), language)


# Enough for all EU languages, and some with a workspace's own messages.
@lru_cache(maxsize=32)
def _messages(contents: tuple[tuple[str, bytes], ...], language: str) -> Found:
    messages: gettext.NullTranslations = gettext.NullTranslations()
    translated = machine = frozenset[str]()
    for path, content in contents:
        file = read_po_file(Sources.from_contents({path: content})[path], language)
        if faults := tuple(file.faults()):
            raise DataError(faults)
        compiled = io.BytesIO()
        write_mo(compiled, file.catalog)
        translations = gettext.GNUTranslations(io.BytesIO(compiled.getvalue()))
        translations.add_fallback(messages)
        messages, machine = translations, (machine - file.translated) | file.machine
        translated |= file.translated
    return messages, translated, machine


class _Catalog(Catalog):
    """A catalogue that remembers messages stated twice, which Babel would join."""

    def __init__(self, language: str) -> None:
        super().__init__(locale=language)
        self.twice: list[tuple[Message, Message]] = []

    def __setitem__(self, id: str | tuple[str, ...] | list[str], message: Message) -> None:  # noqa: A002 - as Babel has it
        if message.id and (first := self.get(id, message.context)):
            self.twice.append((first, message))
        super().__setitem__(id, message)


def read_po_file(source: SourceFile, language: str) -> PoFile:
    """Read a .po file. Raises DataError with everything that makes it unreadable."""
    if source.finding:
        raise DataError((source.finding,))
    text, catalog = _text(source), _Catalog(language)
    if findings := tuple(_misread_lines(source.path, text)):
        raise DataError(findings)
    try:
        PoFileParser(catalog, abort_invalid=True).parse(io.StringIO(PREVIOUS.sub("", text)))
        gettext.c2py(catalog.plural_expr)
    except (PoFileError, ValueError) as problem:
        line = getattr(problem, "lineno", None) or 0
        message, hint = f"the messages cannot be read: {problem}", "correct the file"
        if str(problem).startswith("missing msgstr"):
            message, hint = "msgid has no msgstr below it", 'write msgstr "" below it'
        raise DataError((_finding(source.path, line, message, hint),)) from None
    if catalog.twice:
        places = [(ids_of(one)[0], one.lineno, other.lineno or 1) for one, other in catalog.twice]
        twice = ((line - 1, f"{words!r} is already on line {first}") for words, first, line in places)
        raise DataError(tuple(_finding(source.path, line, what, "keep one of the two") for line, what in twice))
    return PoFile(source.path, text, catalog)


def texts_of(content: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (content,) if isinstance(content, str) else tuple(content or ())


def ids_of(message: Message) -> tuple[str, ...]:
    """A message and its plural, if any, as the program asks for them: after its context, if it has one."""
    one, *plural = texts_of(message.id)
    return (f"{message.context}{JOINT}{one}" if message.context else one, *plural)


def without_context(message: str) -> str:
    return message.rpartition(JOINT)[2]


def has_words(message: str) -> bool:
    """Whether a message has words; one of placeholders and signs needs no translation."""
    return bool(LETTER.search(PLACE.sub("", without_context(message))))


def all_forms(message: Message) -> bool:
    forms = texts_of(message.string)
    return bool(forms) and all(forms)


def _text(source: SourceFile) -> str:
    """The text of a file in the encoding named in its head, else UTF-8."""
    named = CHARSET.search(source.content.decode("ascii", "replace"))
    charset = named[1] if named and named[1].upper() != "CHARSET" else UTF_8
    try:
        return source.content.decode("utf-8-sig" if charset.lower() == UTF_8 else charset)
    except UnicodeDecodeError as problem:
        line = source.content.count(b"\n", 0, problem.start)
        raise DataError((_finding(source.path, line, f"the file is not {charset}", "save it as UTF-8"),)) from None
    except LookupError:
        message = f"unknown encoding {charset}"
        raise DataError((_finding(source.path, 0, message, "save it as UTF-8 and write charset=UTF-8"),)) from None


def _misread_lines(path: str, text: str) -> Iterator[Finding]:
    """The lines that Babel would misread."""
    last = ""
    # Only this ends a line: messages may contain other line separators.
    for number, line in enumerate(text.split("\n")):
        content = line.strip().removeprefix(OBSOLETE).strip()
        if not content or content.startswith((COMMENT, "|")):
            continue
        match = KEYWORD.match(content)
        keyword, words = (match[1], content[match.end() :]) if match else ("", content)
        if not (keyword or (last and words.startswith('"'))):
            message = "this line is not a msgid, msgstr, comment or text in quotation marks"
            yield _finding(path, number, message, "delete it, or write # before it to make it a comment")
        elif not QUOTED.fullmatch(words):
            message = "the text is not in straight quotation marks"
            yield _finding(path, number, message, 'write msgstr "…", with " at both ends')
        elif keyword == last == "msgstr":
            message = "msgstr appears where msgctxt or msgid should be"
            yield _finding(path, number, message, "each msgid has its msgstr below it")
        last = keyword or last


def _faults(message: Message, plurals: int) -> Iterator[str]:
    """Faults of a translation: an unknown or missing placeholder, a stray brace, or too few plural forms."""
    ids, forms = texts_of(message.id), [form for form in texts_of(message.string) if form]
    id_placeholders = [set(PLACE.findall(text)) for text in ids]
    if len(forms) < (plurals if len(ids) > 1 else 1):
        yield f"{ids[0]!r} needs {plurals} plural forms, but has {len(forms)}"
    for form in dict.fromkeys(forms):
        places = set(PLACE.findall(form))
        for strange in sorted(places - set.union(*id_placeholders)):
            yield f"{strange} is in the translation of {ids[0]!r}, but not in the message"
        for missing in sorted(set.intersection(*id_placeholders) - places):
            yield f"the translation of {ids[0]!r} leaves out {missing}"
        # A double brace is printed as one.
        if any(id_placeholders) and set("{}") & set(PLACE.sub("", form.replace("{{", "").replace("}}", ""))):
            yield f"a brace is unmatched in the translation of {ids[0]!r}"


def _finding(path: str, line: int, message: str, hint: str) -> Finding:
    return error_at(Mark(path, line + 1), BROKEN, message, hint)
