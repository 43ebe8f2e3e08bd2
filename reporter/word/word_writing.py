"""Writes the paragraphs of a Word file, and counts what is numbered."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, groupby, repeat, zip_longest

from reporter.document.document import Document, Figure, Proposals, Ranking, Table, Text
from reporter.document.flags import Remarks, anchor
from reporter.document.note_lines import as_sentence
from reporter.document.text_tree import Call, Group, Inline, Link, Marked, Paragraph, Run, TextBlock, Words, paragraphs
from reporter.i18n import Locale
from reporter.i18n.territories import likely_region
from reporter.model import Observation
from reporter.model.label import altered, language_of
from reporter.theme.tokens import Theme
from reporter.word.anchors import OF_CELL, OF_PARAGRAPH, OF_VALUE, alike, value_key, value_of, word_runs
from reporter.word.runs_xml import (
    LYING,
    UPRIGHT,
    ParagraphLook,
    RunLook,
    bookmark_xml,
    field_xml,
    look_xml,
    paragraph_xml,
    run_xml,
)

# The lists of the file: of dots, and of numbers; each list of numbers has one more of its own.
DOTTED, FIRST_NUMBERED = 1, 2
LINKS = ("https://", "http://", "mailto:", "tel:")
# How far a list is indented, in mm.
INDENT = 6.0
PLAIN, AS_STYLED = ParagraphLook("BodyText"), RunLook()
# The style of the number by which a footnote is called: what looks so is no word of the text.
CALLED = RunLook("FootnoteReference")
# What parts the numbers of two notes, in twentieths of a point.
APART = 40


@dataclass(slots=True)
class Writing:
    """What is written so far of a document, and what is counted. What the file is joined with gets a name: `to_address`
    joins an address, `to_picture` a drawing by its name, whose size in mm comes with it.

    `notes` are the footnotes as XML, `starts` the first
    numbers of the lists that are numbered; `cells` are the figures that tables print, each by its key. Paragraphs and
    values are numbered as `word_anchors` does."""

    document: Document
    locale: Locale
    theme: Theme
    to_address: Callable[[str], str]
    to_picture: Callable[[str], tuple[str, tuple[float, float]]]
    notes: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    bookmarks: int = 0
    drawings: int = 0
    numbered_notes: int = 0
    paragraphs: int = 0
    values: int = 0
    places: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {name: f"_r_{n}" for n, name in enumerate(_targets(self.document), 1)}

    def tag(self, language: str = "") -> str:
        """A language with its region, as Word names it: lt-LT."""
        code = language or self.document.edition.language
        if code == self.document.edition.language and self.document.edition.locale:
            return self.document.edition.locale.replace("_", "-")
        return f"{code}-{likely_region(code)}".rstrip("-")

    def colour(self, name: str) -> str:
        return self.theme.colours[name].removeprefix("#")

    def words(self, words: str, look: RunLook = AS_STYLED, language: str = "") -> str:
        said = language_of(words) or language
        return run_xml(words, replace(look, language=self.tag(said))) if words else ""

    def line(self, words: str, style: str, look: RunLook = AS_STYLED, **properties: object) -> str:
        """A paragraph of words; nothing without any."""
        return self.paragraph(self.words(words, look), ParagraphLook(style, **properties))  # type: ignore[arg-type]

    def paragraph(self, runs: str, look: ParagraphLook) -> str:
        """A paragraph of runs; nothing without any."""
        return paragraph_xml(runs, look) if runs else ""

    def bookmark(self, name: str, runs: str) -> str:
        self.bookmarks += 1
        return bookmark_xml(name, self.bookmarks, runs)

    def place(self, target: str, runs: str) -> str:
        return self.bookmark(self.places[target], runs) if target in self.places else runs

    def link(self, address: str, runs: str) -> str:
        if address.startswith("#"):
            name = self.places.get(address.removeprefix("#"))
            return f'<w:hyperlink w:anchor="{name}" w:history="1">{runs}</w:hyperlink>' if name else runs
        if not address.startswith(LINKS):
            return runs
        return f'<w:hyperlink r:id="{self.to_address(address)}" w:history="1">{runs}</w:hyperlink>'

    def cell(self, seen: Observation, runs: str) -> str:
        self.cells.append(value_key(seen))
        return self.bookmark(f"{OF_CELL}{len(self.cells)}", runs)

    def place_in(self, target: str, runs: str, look: ParagraphLook) -> str:
        return paragraph_xml(self.place(target, runs), look)

    def caption(self, label: str, number: int, target: str, headline: Text | None, caption: str, unit: str) -> str:
        """The caption over a figure or table, with its unit. Its number is that of a field that Word counts, which is
        told to begin with ours."""
        before, sign, after = label.partition(str(number))
        kind = "Figure" if target.startswith("figure-") else "Table"
        look = RunLook("CaptionLabel", language=self.tag(language_of(label)))
        counted = field_xml(f"SEQ {kind} \\* ARABIC \\r {number}", sign, look) if sign else ""
        shown = (run_xml(before, look) if before else "") + counted + (run_xml(after, look) if after else "")
        named = self.place(target, shown) + self.words("\u2002")
        if headline:
            words, below = self.headline(headline), [altered(caption, as_sentence), unit]
        else:
            words, below = self.words(caption), [unit]
        runs = self.words(" ").join(self.words(each) for each in below if each)
        head = paragraph_xml(named + words, ParagraphLook("Caption", kept=True))
        return head + self.paragraph(runs, ParagraphLook("Unit", kept=True))

    def across(self, content: str) -> str:
        return f"{LYING}{content}{UPRIGHT}"

    def picture(self, name: str) -> tuple[str, int, tuple[float, float]]:
        """A drawing: its relation, its number in the file, its size."""
        self.drawings += 1
        relation, size = self.to_picture(name)
        return relation, self.drawings, size

    def text(self, text: Text, look: ParagraphLook = PLAIN, run: RunLook = AS_STYLED) -> str:
        return "".join(self._blocks(text.nodes, text.language, repeat(look), run))

    def _blocks(
        self,
        nodes: Iterable[TextBlock | Inline],
        language: str,
        looks: Iterator[ParagraphLook],
        run: RunLook,
        depth: int = 0,
    ) -> Iterator[str]:
        """The paragraphs of a text, each with the next of the looks. Items of a list have their own, outside of one
        quotations."""
        for node in nodes:
            if isinstance(node, Group) and node.tag in ("ul", "ol"):
                number = DOTTED
                if node.tag == "ol":
                    self.starts.append(node.start)
                    number = FIRST_NUMBERED + len(self.starts) - 1
                style = "ListBullet" if node.tag == "ul" else "ListNumber"
                first = ParagraphLook(style, number=number, level=depth)
                below = ParagraphLook("ListContinue", left=INDENT * (depth + 1))
                for item in node.inside:
                    inside = item.inside if isinstance(item, Group) else ()
                    yield from self._blocks(inside, language, chain((first,), repeat(below)), run, depth + 1)
            elif isinstance(node, Group):
                quoted = looks if depth else (replace(look, style="Quote") for look in looks)
                yield from self._blocks(node.inside, language, quoted, run, depth)
            elif isinstance(node, Paragraph) and (line := word_runs(node)):
                yield paragraph_xml(self.anchored(line, language, run), next(looks))

    def headline(self, text: Text, look: RunLook = AS_STYLED) -> str:
        lines = filter(None, map(word_runs, paragraphs(text.nodes)))
        return " ".join(self.anchored(each, text.language, look) for each in lines)

    def anchored(self, line: Iterable[Run], language: str, look: RunLook) -> str:
        self.paragraphs += 1
        name, begun, made = f"{OF_PARAGRAPH}{self.paragraphs}", set[int](), list[str]()
        for place, group in groupby(line, lambda run: id(value) if (value := value_of(run)) else 0):
            pieces = alike(group)
            # The numbers of two notes beside each other would be read as one.
            looks = (
                replace(look, spaced=APART if after and {type(run.leaf), type(after.leaf)} == {Call} else 0)
                for run, after in zip_longest(pieces, pieces[1:])
            )
            runs = "".join(self._run(run, language, each) for run, each in zip(pieces, looks, strict=True))
            # A value in which a note is called goes on behind it; its bookmark ends there.
            if place and place not in begun:
                begun.add(place)
                self.values += 1
                runs = self.bookmark(f"{OF_VALUE}{self.values}", runs)
            made.append(runs)
        return self.bookmark(name, "".join(made))

    def _run(self, run: Run, language: str, look: RunLook) -> str:
        if isinstance(run.leaf, Call):
            return self._call(run.leaf, run.leaf.language or language, look.spaced)
        links = [each for each in run.within if isinstance(each, Link)]
        tags = {each.tag for each in run.within if isinstance(each, Marked)}
        address = links[-1].address if links else ""
        said = [run.leaf.language if isinstance(run.leaf, Words) else "", *(each.language for each in reversed(links))]
        shown = replace(
            look,
            style="Hyperlink" if address.startswith(LINKS) else look.style,
            bold=look.bold or "strong" in tags,
            italic=look.italic or "em" in tags,
            colour=self.colour("accent") if address.startswith("#") else look.colour,
            language=self.tag(next(filter(None, said), language)),
        )
        return self.link(address, run_xml(run.text, shown))

    def _call(self, call: Call, language: str, spaced: int) -> str:
        """The call of a footnote. Of one that was called before it is a reference."""
        name = f"_note_{call.number}"
        look = replace(CALLED, language=self.tag(language), spaced=spaced)
        if not call.first:
            return field_xml(f"NOTEREF {name} \\h", str(call.number), look)
        number = len(self.notes) + 1
        # Word counts for itself; a note that it would give another number has its own as a sign.
        counted = call.number == self.numbered_notes + 1
        self.numbered_notes += counted
        sign = "" if counted else f"<w:t>{call.number}</w:t>"
        custom = "" if counted else ' w:customMarkFollows="1"'
        own = "<w:footnoteRef/>" if counted else sign
        words = self.words(f"\u00a0{call.text}", language=language)
        first = f"<w:r>{look_xml(look)}{own}</w:r>"
        note = paragraph_xml(first + words, ParagraphLook("FootnoteText"))
        self.notes.append(f'<w:footnote w:id="{number}">{note}</w:footnote>')
        reference = f'<w:r>{look_xml(look)}<w:footnoteReference{custom} w:id="{number}"/>{sign}</w:r>'
        return self.bookmark(name, reference)


def _targets(document: Document) -> Iterator[str]:
    for section in document.walk():
        yield f"section-{section.code}"
        for block in section.blocks:
            if isinstance(block, Ranking):
                yield f"table-{block.table.code}"
            if isinstance(block, Table):
                yield f"table-{block.code}"
            elif isinstance(block, Proposals):
                yield from (f"section-{row.code}" for row in block.rows)
            elif isinstance(block, Remarks):
                yield from (anchor(each.number) for each in block.remarks)
            elif isinstance(block, Figure):
                yield f"figure-{block.code}"
