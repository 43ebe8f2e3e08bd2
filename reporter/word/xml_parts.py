"""The parts of a Word file that came back, as trees. Nothing expands, nothing is fetched, and nothing grows without
end."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from types import MappingProxyType
from xml.parsers.expat import ExpatError, ParserCreate

from reporter.errors import ReporterError

# The profile has some 400 kB of XML in one part, and some ten thousand elements.
MOST_OF_PART, MOST_ELEMENTS, DEEPEST = 40_000_000, 1_500_000, 200
ANEW = "save it in Word as a Word document (.docx), and try again"
NOTHING: Mapping[str, str] = MappingProxyType({})
MAIN_PART = "word/document.xml"
# What the main part leads to, by the last word of the relation, and where it lies where no relation says so.
USUAL = {
    "comments": "word/comments.xml",
    "commentsExtended": "word/commentsExtended.xml",
    "footnotes": "word/footnotes.xml",
    "endnotes": "word/endnotes.xml",
}


@dataclass(slots=True)
class Node:
    """An element; its names are without namespaces."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def get(self, name: str) -> str:
        """An attribute, empty where it is not there."""
        return self.attributes.get(name, "")

    def child(self, name: str) -> "Node | None":
        return next((each for each in self.children if each.name == name), None)

    def below(self, *path: str) -> "Node | None":
        found: Node | None = self
        for name in path:
            found = found.child(name) if found else None
        return found

    def walk(self) -> Iterator["Node"]:
        waiting = [self]
        while waiting:
            each = waiting.pop()
            yield each
            waiting += reversed(each.children)


class WordParts:
    """The parts of a Word file, parsed when asked for. Raises ReporterError where it cannot be read."""

    def __init__(self, content: bytes) -> None:
        try:
            self._book = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, EOFError) as problem:
            raise _unreadable("the file", problem) from None
        self._names = {each.filename: each for each in self._book.infolist()}
        self.main = self._related("", "officeDocument") or MAIN_PART
        if self.main not in self._names:
            raise ReporterError("it is no Word document: its text is not there", hint=ANEW)

    def tree(self, name: str) -> Node | None:
        """A part as a tree, None where it is not there."""
        part = self._names.get(name)
        if part is None:
            return None
        if part.file_size > MOST_OF_PART:
            raise ReporterError(f"{name} is larger than any report", hint=ANEW)
        try:
            with self._book.open(part) as file:
                content = file.read(MOST_OF_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            ValueError,
            EOFError,
            RuntimeError,
            NotImplementedError,
        ) as problem:
            raise _unreadable(name, problem) from None
        if len(content) > MOST_OF_PART:
            raise ReporterError(f"{name} is larger than any report", hint=ANEW)
        return _parsed(content, name)

    def beside(self, relation: str) -> Node | None:
        """What the text leads to: `comments`, `footnotes` and the like."""
        return self.tree(self._related(self.main, relation) or USUAL.get(relation, ""))

    def properties(self) -> Node | None:
        return self.tree(self._related("", "custom-properties") or "docProps/custom.xml")

    def _related(self, source: str, relation: str) -> str:
        """The part that another one leads to, empty where none does."""
        folder, _, name = source.rpartition("/")
        relations = self.tree(join(folder, "_rels", f"{name}.rels"))
        for each in relations.children if relations else ():
            if each.get("Type").rpartition("/")[2] == relation and each.get("TargetMode") != "External":
                target = each.get("Target")
                found = normpath(target.lstrip("/") if target.startswith("/") else join(dirname(source), target))
                if found in self._names:
                    return found
        return ""


def _parsed(content: bytes, name: str) -> Node:
    root, count = Node(""), 0
    depth = [root]
    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def begins(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST_ELEMENTS or len(depth) > DEEPEST:
            raise ReporterError(f"{name} has more elements than any report", hint=ANEW)
        bare = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        node = Node(tag.rpartition("}")[2], bare or NOTHING)
        depth[-1].children.append(node)
        depth.append(node)

    def ends(_: str) -> None:
        depth.pop()

    def says(text: str) -> None:
        # Between elements there are blanks only.
        if not depth[-1].children:
            depth[-1].text += text

    def declares(*_: object) -> None:
        raise ReporterError(f"{name} declares a document type, which no word processor does", hint=ANEW)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begins, ends, says
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declares
    try:
        parser.Parse(content, True)
    except (ExpatError, ValueError, LookupError) as problem:
        raise _unreadable(name, problem) from None
    return root.children[0]


def _unreadable(name: str, problem: Exception) -> ReporterError:
    told = "".join(each if each.isprintable() else " " for each in str(problem))[:60]
    return ReporterError(f"{name} cannot be read: {told}", hint=ANEW)
