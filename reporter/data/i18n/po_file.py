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
from babel.messages.pofile import PoFileError, read_po, unescape

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
LINE = re.compile(r"(?P<keyword>[a-z_]+(?:\[\d+\])?)?\s*(?P<words>.*)")
QUOTED = re.compile(r'"(?:.*[^\\])??(?:\\\\)*"')
CHARSET = re.compile(r"charset=([\w.:-]+)", re.I)
OBSOLETE, COMMENT = "#~", "#"
# The previous text of an obsolete message, which Babel cannot read.
PREVIOUS = re.compile(r"^[ \t]*#~\|.*$", re.M)
# The flag of a translation by machine that no person has reviewed.
MACHINE = "machine"
# Between a context and its message in a compiled catalogue.
JOINT = "\x04"
ID, PLURAL, CONTEXT, WORDS, FORMS = "msgid", "msgid_plural", "msgctxt", "msgstr", "msgstr["
# Which lines may follow which; the first follows none.
FOLLOWING = {
    "": (CONTEXT, ID),
    CONTEXT: (ID,),
    ID: (PLURAL, WORDS),
    PLURAL: (FORMS,),
    WORDS: (CONTEXT, ID),
    FORMS: (FORMS, CONTEXT, ID),
}
INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class PoEntry:
    """A message of a file, on its lines from comments to translation. `ids` are the message and its plural, if any."""

    ids: tuple[str, ...]
    start: int
    end: int
    obsolete: bool


@dataclass(frozen=True, slots=True)
class PoFile:
    """A .po file: its text, its messages, and Babel's catalogue."""

    path: str
    text: str
    entries: tuple[PoEntry, ...]
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


def read_po_file(source: SourceFile, language: str) -> PoFile:
    """Read a .po file. Raises DataError with everything that makes it unreadable."""
    if source.finding:
        raise DataError((source.finding,))
    text = _text(source)
    scanned = _Scanner(source.path, text)
    if scanned.findings:
        raise DataError(tuple(scanned.findings))
    try:
        catalog = read_po(io.StringIO(PREVIOUS.sub("", text)), locale=language, abort_invalid=True)
        gettext.c2py(catalog.plural_expr)
    except (PoFileError, ValueError) as problem:
        line = getattr(problem, "lineno", None) or 0
        message = f"the messages cannot be read: {problem}"
        raise DataError((_finding(source.path, line, message, "correct the file"),)) from None
    return PoFile(source.path, text, tuple(scanned.entries), catalog)


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


class _Scanner:
    """Finds the lines of each message, and those that cannot be read."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.entries: list[PoEntry] = []
        self.findings: list[Finding] = []
        self.known: dict[str, PoEntry] = {}
        self.start: int | None = None
        self._begin()
        # Only this ends a line: messages may contain other line separators.
        for number, line in enumerate(text.split("\n")):
            content = line.strip()
            if content.startswith(COMMENT) and (not content.startswith(OBSOLETE) or PREVIOUS.match(content)):
                self._end()
                self.start = number if self.start is None else self.start
            elif content:
                self._read(number, content)
        self._end()

    def _begin(self) -> None:
        self.start = None
        self.last, self.latest, self.obsolete = "", 0, False
        self.words: dict[str, str] = {}

    def _read(self, number: int, content: str) -> None:
        match = LINE.fullmatch(content.removeprefix(OBSOLETE).strip())
        written = (match["keyword"] or "") if match else ""
        keyword = INDEX.sub("[", written)
        if match is None or keyword not in FOLLOWING or not (keyword or self.last):
            message = "this line is not a msgid, msgstr, comment or text in quotation marks"
            self._tell(number, message, "delete it, or write # before it to make it a comment")
            return
        if keyword in (CONTEXT, ID) and self.last in (WORDS, FORMS):
            self._end()
        if keyword and keyword not in FOLLOWING[self.last]:
            wanted = " or ".join(option + ("0]" if option == FORMS else "") for option in FOLLOWING[self.last])
            self._tell(number, f"{written} appears where {wanted} should be", "each msgid has its msgstr below it")
        elif not QUOTED.fullmatch(match["words"]):
            message = "the text is not in straight quotation marks"
            self._tell(number, message, 'write msgstr "…", with " at both ends')
        self.start = number if self.start is None else self.start
        self.last, self.latest, self.obsolete = keyword or self.last, number, content.startswith(OBSOLETE)
        self.words[self.last] = self.words.get(self.last, "") + unescape(match["words"])

    def _end(self) -> None:
        if self.last in (WORDS, FORMS) and ID in self.words:
            self._add()
        elif self.last not in ("", WORDS, FORMS):
            self._tell(self.latest, f"{self.last} has no msgstr below it", 'write msgstr "" below it')
        if self.last:
            self._begin()

    def _add(self) -> None:
        ids = tuple(self.words[keyword] for keyword in (ID, PLURAL) if keyword in self.words)
        ids = (f"{self.words[CONTEXT]}{JOINT}{ids[0]}", *ids[1:]) if self.words.get(CONTEXT) else ids
        entry = PoEntry(ids, self.start or 0, self.latest + 1, self.obsolete)
        first = entry if self.obsolete else self.known.setdefault(ids[0], entry)
        if first is not entry:
            message = f"{ids[0]!r} is already on lines {first.start + 1} to {first.end}"
            self._tell(entry.start, message, "keep one of the two")
        self.entries.append(entry)

    def _tell(self, number: int, message: str, hint: str) -> None:
        self.findings.append(_finding(self.path, number, message, hint))


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
