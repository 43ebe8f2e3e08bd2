"""Read CommonMark as a tree, without raw HTML or images; links to the web, mail, telephone and the document only."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from reporter.data.errors import Finding, Mark, error_at
from reporter.data.i18n import N_, Locale
from reporter.data.records import Passage, Vintage
from reporter.data.records.label import Said
from reporter.text.expression import PIECE, Piece
from reporter.text.tree import PRE, Break, Group, Inline, Leaf, Link, Marked, Paragraph, Place, TextBlock, Words

# They enclose the number of a place while markdown-it parses a text: noncharacters, which it treats as letters and
# makes from no entity. Typed ones are removed.
OPEN, CLOSE = "\ufdd0", "\ufdd1"
PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")
UNTYPED = dict.fromkeys(map(ord, (OPEN, CLOSE)))
IN_LINK = "print the value in the text of the link, or next to it"
TABLE = re.compile(r"\s*+(?:\|\s*+)?:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)++(?:\|\s*+)?")
# CommonMark 4.2: a heading needs a space after its signs. Such a line would be text, and its part of the section would
# vanish into the one before.
GLUED = re.compile(r" {0,3}(#{1,6})\u00a0?(?=[^\W\d_])(.*)")
LINKS = ("https://", "http://", "mailto:", "tel:", "#")
# For text by the program itself, in which headings are headings.
_WRITTEN = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])
_SAFE = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline", "heading", "lheading"])


class _AnyLink(MarkdownIt):
    """A parser that reads every address as a link, so that forbidden ones are refused rather than printed as typed."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - as the library has it
        return True


_STRICT = _AnyLink("commonmark", {"html": True})


@dataclass(frozen=True, slots=True)
class Chunk:
    """The text of a passage under one level-2 heading, from `line`; `title` is empty before the first."""

    title: str
    text: str
    line: int


@lru_cache(maxsize=1024)
def chunks(markdown: str, first: int) -> tuple[Chunk, ...]:
    """Split a passage at its level-2 headings; `first` is the line number of its first line."""
    titles = {
        token.map[0]: "".join(child.content for child in inline.children or ())
        for token, inline in pairwise(_STRICT.parse(markdown))
        if token.type == "heading_open" and _is_title(token) and token.map
    }
    parts: list[tuple[str, int, list[str]]] = [("", first, [])]
    for number, line in enumerate(markdown.split("\n")):
        if number in titles:
            parts.append((titles[number], first + number + 1, []))
        else:
            parts[-1][2].append(line)
    return tuple(
        Chunk(title, "\n".join(lines), line)
        for title, line, lines in parts
        if title or any(text.strip() for text in lines)
    )


def tree(pieces: Sequence[object]) -> tuple[tuple[TextBlock, ...], frozenset[int]]:
    """Read text as a tree with places for pieces that are not text, and the numbers of those invisible in links. Those
    are in the address or title of a link. Forbidden markup stays as the characters typed."""
    text, lines = "", list[Mark]()
    for number, piece in enumerate(pieces):
        if isinstance(piece, Piece) and piece.expression is None:
            text += piece.text.translate(UNTYPED)
            count = piece.text.count("\n") + 1
            lines += (Mark(piece.mark.path, piece.mark.line + n) for n in range(1 if lines else 0, count))
        else:
            text += f"{OPEN}{number}{CLOSE}"
    reader = _TreeReader(pieces, lines)
    blocks = tuple(map(reader.block, SyntaxTreeNode(_SAFE.parse(text)).children))
    placed = set(map(int, PLACE.findall(text)))
    return blocks, frozenset(placed - reader.seen | reader.hidden)


class _TreeReader:
    """Reads what markdown-it parsed; `lines` are the lines of a file where the lines of the text begin."""

    def __init__(self, pieces: Sequence[object], lines: Sequence[Mark]) -> None:
        self.pieces, self.lines, self.mark = pieces, lines, Mark("")
        self.seen, self.hidden = set[int](), set[int]()

    def block(self, node: SyntaxTreeNode) -> TextBlock:
        self.mark = self.lines[node.map[0]] if node.map and self.lines else self.mark
        match node.type:
            case "paragraph":
                line = self.mark.line
                return Paragraph(self._line(node.children[0]), line, tight=node.hidden)
            case "fence" | "code_block":
                return Paragraph(tuple(self._leaves(node.content)), sort=PRE)
        return Group(node.tag, tuple(map(self.block, node.children)), int(node.attrs.get("start", 1)), node.markup)

    def _line(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        return tuple(inline for child in node.children for inline in self._inline(child))

    def _inline(self, node: SyntaxTreeNode) -> Iterator[Inline]:
        match node.type:
            case "softbreak" | "hardbreak":
                yield Words("\n", mark=self.mark) if node.type == "softbreak" else Break()
                self.mark = replace(self.mark, line=self.mark.line + 1)
            case "code_inline":
                yield Marked("code", tuple(self._leaves(node.content)))
            case "em" | "strong":
                yield Marked(node.tag, self._line(node))
            case "link":
                address, title = (str(node.attrs.get(name, "")) for name in ("href", "title"))
                self.hidden |= set(map(int, PLACE.findall(unquote(f"{address} {title}"))))
                yield Link(self._line(node), address, PLACE.sub("", title), bare=node.markup == "autolink")
            case _:
                yield from self._leaves(node.content)

    def _leaves(self, text: str) -> Iterator[Leaf]:
        for number, piece in enumerate(PLACE.split(text)):
            if number % 2:
                self.seen.add(int(piece))
                yield Place(int(piece))
                behind = next(iter(self.pieces[int(piece) + 1 :]), None)
                self.mark = behind.mark if isinstance(behind, Piece) else self.mark
            elif piece:
                yield Words(piece, mark=self.mark)


def as_fragment(markdown: str) -> str:
    return str(_WRITTEN.render(markdown))


def problems(markdown: str, mark: Mark) -> tuple[Finding, ...]:
    """Find what a passage may not contain: raw HTML, images, tables, headings but `## Title`, other links."""
    # The placeholder of an expression has as many lines as the expression.
    masked = PIECE.sub(lambda match: OPEN + CLOSE + "\n" * match[0].count("\n"), markdown)
    return tuple(
        error_at(Mark(mark.path, mark.line + line, 1), "raw-html", message, hint)
        for line, message, hint in (*_refused(_STRICT.parse(masked)), *_misread(masked))
    )


def _misread(markdown: str) -> Iterator[tuple[int, str, str]]:
    """Find tables, and headings without a space after their signs, which CommonMark would print as typed."""
    for number, line in enumerate(markdown.split("\n")):
        if TABLE.fullmatch(line):
            yield number, "tables are not allowed in text", "write a list; tables are made from the data"
        if glued := GLUED.fullmatch(line):
            heading = f"{glued[1]} {glued[2]}".strip()
            yield number, "a heading needs a space after its # signs", f"write {heading!r}"


def _is_title(token: Token) -> bool:
    return token.tag == "h2" and token.markup == "##" and token.level == 0


def _refused(tokens: list[Token], line: int = 0) -> Iterator[tuple[int, str, str]]:
    for number, token in enumerate(tokens):
        line = token.map[0] if token.map else line
        if refusal := _refusal(token, tokens[number + 1 : number + 2]):
            yield line, *refusal
        yield from _refused(token.children or [], line)


def _refusal(token: Token, following: list[Token]) -> tuple[str, str] | None:
    """What is wrong with a token, and the remedy. `following` is the next token, with the words of a heading."""
    match token.type:
        case "html_block" | "html_inline":
            return "raw HTML is not allowed in text", "write Markdown: **bold**, *italic*, - lists"
        case "image":
            message = f"images are not allowed in text ({token.attrGet('src')})"
            return message, "name a chart with {{ figure(…) }} instead"
        case "heading_open" if not _is_title(token):
            return "only headings of level 2 (##) are allowed within a section", "write ## Title"
        case "heading_open" if not all(
            OPEN not in heading.content and all(child.type == "text" for child in heading.children or ())
            for heading in following
        ):
            return "a heading must be plain text without values or emphasis", "write ## Title"
        case "link_open" if OPEN in unquote(f"{token.attrGet('href')} {token.attrGet('title')}"):
            return "an expression is not allowed in the address or title of a link", IN_LINK
        case "link_open" if not str(token.attrGet("href")).lower().startswith(LINKS):
            return f"a link may not lead to {token.attrGet('href')}", "link to https://… or mailto:…"
    return None


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section in one language, in reading order. `year` is the last in which something was written. `passages` are
    its beginning and its parts, each as last written, with the empty ones of that year: they end earlier text."""

    language: str
    year: int
    passages: tuple[Passage, ...]

    @property
    def printed(self) -> tuple[Passage, ...]:
        return tuple(passage for passage in self.passages if has_words(passage))


def effective_passages(vintage: Vintage, section: str, language: str) -> tuple[Passage, ...]:
    """The passages that an edition prints for a section, those of its year or the last earlier one. Empty when there
    are none, or an empty text ended the section. If another language of the workspace was written later, all are in
    that one, since parts of two languages may contradict each other."""
    written = (passage for passage in vintage.data.passages if passage.section == section)
    return carried_passages(written, language, vintage.settings.languages)


def carried_passages(passages: Iterable[Passage], language: str, languages: Iterable[str]) -> tuple[Passage, ...]:
    section_text = chosen(next(iter(section_texts(passages).values()), {}), language, languages)
    return section_text.printed if section_text else ()


def printed_passages(passages: Iterable[Passage], wanted: Iterable[str], codes: Collection[str]) -> Iterator[Passage]:
    """The texts that an edition prints in some languages. `passages` are those up to its year, including those that
    print nothing but end a section. `codes` are the languages of the workspace."""
    texts = section_texts(passages).values()
    sections = (chosen(written, language, codes) for language in wanted for written in texts)
    return (passage for section in sections if section for passage in section.passages)


def section_texts(passages: Iterable[Passage]) -> Mapping[str, Mapping[str, SectionText]]:
    """Each section in each language, after all years. A text with `carry` replaces and adds, others start again."""
    years: dict[tuple[str, str, int], list[Passage]] = {}
    for passage in sorted(passages, key=lambda text: text.year):
        years.setdefault((passage.section, passage.language, passage.year), []).append(passage)
    text_by_section: dict[str, dict[str, SectionText]] = {}
    for (section, language, year), written in years.items():
        before = text_by_section.setdefault(section, {}).get(language)
        earlier_passages = before.printed if before and any(text.carries for text in written) else ()
        text_by_section[section][language] = SectionText(language, year, tuple(_joined(earlier_passages, written)))
    return text_by_section


def chosen(texts: Mapping[str, SectionText], language: str, languages: Iterable[str]) -> SectionText | None:
    """The newest text of a section, in the edition's language if possible; `languages` of the workspace."""
    order = tuple(dict.fromkeys((language, *languages)))
    candidates = (texts[code] for code in order if code in texts)
    return max(candidates, key=lambda text: (text.year, -order.index(text.language)), default=None)


def has_words(passage: Passage) -> bool:
    # The first line of a part is its title.
    text = passage.markdown.partition("\n")[2] if passage.part else passage.markdown
    return bool(text.strip() or passage.headline)


def part_title(passages: Iterable[Passage], section: str, code: str, language: str) -> str:
    """The title of the part with a code, as last written, in the language if possible; the code if never written."""
    written = [passage for passage in passages if (passage.section, passage.part) == (section, code)]
    titles = {passage.language: passage.markdown.partition("\n")[0].removeprefix("## ") for passage in written}
    spoken = next((title_language for title_language in (language, *titles) if titles.get(title_language)), "")
    other = "" if spoken == language else spoken
    return Said(titles.get(spoken, code), other, lambda asked: part_title(written, section, code, asked))


def code_of(chunk: Chunk, passage: Passage) -> str:
    # The title of a coded part is its first line; those below have no code.
    return passage.part if chunk.line == passage.mark.line + 1 else ""


def written_since(vintage: Vintage, passage: Passage) -> int:
    """The year since which a text is as it is; a text copied from year to year is not new."""
    since, written = passage.year, _source(passage)
    place = passage.section, passage.part, passage.language
    for other in sorted(vintage.data.passages, key=lambda entry: -entry.year):
        if (other.section, other.part, other.language) == place and other.year <= passage.year:
            if _source(other) != written:
                break
            since = other.year
    return since


def untranslated(language: str, locale: Locale) -> str:
    message = N_("This section has not been translated. Language of the text: {language}.")
    return locale.text(message, language=locale.language_name(language))


def _joined(earlier_passages: Iterable[Passage], written: Iterable[Passage]) -> Iterator[Passage]:
    """Apply a year's texts to those of earlier years. A part takes the place of the one it replaces, a new one comes
    last. Text at the beginning replaces the earlier one, a headline alone the headline."""
    new = {passage.part: passage for passage in written}
    if beginning := new.pop("", None):
        yield beginning
        bare = tuple(replace(passage, headline=None) if beginning.headline else passage for passage in earlier_passages)
        earlier_passages = [text for text in bare if text.part or (has_words(text) and not beginning.markdown.strip())]
    yield from (new.pop(passage.part, passage) for passage in earlier_passages)
    yield from new.values()


def _source(passage: Passage) -> tuple[list[str], list[str]]:
    return passage.headline.markdown.split() if passage.headline else [], passage.markdown.split()
