"""Both checkers of a PDF: veraPDF, and one for other defects, which can also compare the tags with the HTML."""

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from itertools import groupby, zip_longest
from pathlib import Path

from reporter import __version__
from reporter.data.i18n.locale import folded
from reporter.formats.validate import structure
from reporter.formats.validate.structure import (
    Broken,
    Facts,
    Failure,
    Judgement,
    PdfTag,
    TaggedText,
    UnreadableError,
    read_facts,
    require_pdf,
)
from reporter.formats.validate.vera import examine, validate

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNSEEN = frozenset({"head", "style", "script", "title", "template"})
SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}
TAGS = {"table": "Table", "caption": "Caption", "figcaption": "Caption", "tr": "TR", "img": "Figure"}
TAGS |= {f"h{level}": f"H{level}" for level in range(1, 7)}


def read_html(html: str) -> "HtmlFacts":
    """Read the content of a page in order, without text that only a stylesheet adds."""
    reader = HtmlFacts()
    reader.feed(html)
    reader.close()
    return reader


class HtmlFacts(HTMLParser):
    """The HTML of a page: `texts` with their language, `scopes` of headers in order, `counts` of elements by role."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self.scopes: list[str] = []
        self.counts: Counter[str] = Counter()
        # Open elements, each with the language of its content.
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in TAGS:
            self.counts[TAGS[tag]] += 1
        if tag == "th":
            self.scopes.append(SCOPES.get(attributes.get("scope", ""), ""))
        language = attributes.get("lang", "") or self._language
        if tag == "img":
            self.texts.append((language, attributes.get("alt", "")))
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == name for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not any(name in UNSEEN for name, _ in self.open):
            self.texts.append((self._language, data))

    @property
    def _language(self) -> str:
        return self.open[-1][1] if self.open else ""


# White space and hyphens differ with line breaks.
PASSING = re.compile("[\\s\u00ad\u200b\u2010\u2011\u2060-]+")
AROUND = 24


def same_text(facts: Facts, sheet: HtmlFacts) -> Iterator[Broken]:
    tags = normalize("".join(text for _, text in _texts(facts.tree, facts.language)))
    html = normalize("".join(text for _, text in sheet.texts))
    if tags != html:
        at = next((n for n, (one, other) in enumerate(zip(tags, html, strict=False)) if one != other), None)
        at = min(len(tags), len(html)) if at is None else at
        start = max(0, at - AROUND)
        tag_text, wanted = tags[start : at + AROUND], html[start : at + AROUND]
        yield "the text of the tags differs from the HTML", f"{tag_text!r} instead of {wanted!r}"


def same_scopes(facts: Facts, sheet: HtmlFacts) -> Iterator[Broken]:
    scopes = [tag.scope for tag in facts.tree.walk() if tag.role == "TH"]
    for number, (scope, wanted) in enumerate(zip_longest(scopes, sheet.scopes, fillvalue="no header")):
        if scope != wanted:
            yield f"a header has the scope {scope!r}, in the HTML {wanted!r}", f"header {number + 1} of all tables"


def same_languages(facts: Facts, sheet: HtmlFacts) -> Iterator[Broken]:
    """A text is in one language, whether stated at the text or around it."""
    tag_runs = Counter(_runs(_texts(facts.tree, facts.language)))
    wanted = Counter(_runs(sheet.texts))
    for language, text in wanted - tag_runs:
        yield f"a text is in {language!r} in the HTML but not in the tags", repr(text[: 2 * AROUND])
    for language, text in tag_runs - wanted:
        yield f"a text is in {language!r} in the tags but not in the HTML", repr(text[: 2 * AROUND])


def _runs(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    pairs = ((language, text) for language, text in texts if normalize(text))
    for language, pieces in groupby(pairs, key=lambda pair: pair[0]):
        yield language, normalize("".join(text for _, text in pieces))


def same_counts(facts: Facts, sheet: HtmlFacts) -> Iterator[Broken]:
    count_by_role = Counter(tag.role for tag in facts.tree.walk())
    for role, wanted in sorted(sheet.counts.items()):
        if count_by_role[role] != wanted:
            yield f"there are {count_by_role[role]} tags {role}, but {wanted} in the HTML", ""


def normalize(text: str) -> str:
    """Remove what differs between a page and its source: case, white space, hyphens, forms of letters (NFKC)."""
    return PASSING.sub("", folded(text))


def _texts(tag: PdfTag, outer: str) -> Iterator[tuple[str, str]]:
    """Yield the texts below a tag with their language, without numbers of notes, items and pages (from stylesheets)."""
    language = tag.language or outer
    for kid in tag.kids:
        if isinstance(kid, PdfTag):
            if not (kid.role == "Lbl" and tag.role in ("LI", "Note")):
                yield from _texts(kid, language)
        elif isinstance(kid, TaggedText) and tag.role not in ("Figure", "Reference"):
            yield language, kid.text
    if tag.role == "Figure":
        yield language, tag.alt


CHECKS = (same_text, same_scopes, same_languages, same_counts)
CHECKER = "reporter"


def judge(path: Path) -> tuple[Failure, ...]:
    """List the failures of a file by both checkers; one that a checker cannot read fails, too."""
    unopened = tuple(_failures(lambda _: (), path))
    return unopened or tuple(dict.fromkeys((*_failures(validate, path), *_failures(inspect, path))))


def prove(content: bytes, html: str) -> tuple[Judgement, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "profile.pdf"
        path.write_bytes(content)
        return (*examine(path), examine_tags(path, html))


def inspect(path: Path, html: str = "") -> tuple[Failure, ...]:
    """List what is wrong with the tags of a file, also compared with the HTML it was made from if given."""
    return examine_tags(path, html).failures


def examine_tags(path: Path, html: str = "") -> Judgement:
    """Judge the tags of a file as `inspect` does, with the number of rules."""
    facts = read_facts(path)
    failures = [_failure(check.__name__, check(facts)) for check in structure.CHECKS]
    if html:
        sheet = read_html(html)
        failures += [_failure(check.__name__, check(facts, sheet)) for check in CHECKS]
    return Judgement(
        checker=CHECKER,
        version=__version__,
        profile="tags of the PDF and of its page" if html else "tags of the PDF",
        rules=len(failures),
        failures=tuple(failure for group in failures for failure in group),
    )


def _failure(name: str, broken: Iterable[structure.Broken]) -> Iterator[Failure]:
    defects = list(broken)
    if defects:
        message, place = defects[0]
        yield Failure(checker=CHECKER, rule=name.replace("_", "-"), count=len(defects), message=message, place=place)


def _failures(checker: Callable[[Path], tuple[Failure, ...]], path: Path) -> Iterator[Failure]:
    try:
        require_pdf(path)
        yield from checker(path)
    except UnreadableError as problem:
        yield Failure(CHECKER, "readable", 1, f"{problem.message}; {problem.hint}")
