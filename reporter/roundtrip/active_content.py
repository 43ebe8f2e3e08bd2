"""Find what a web page would run, load or send. A page of ours shows, and does nothing: it is made of few elements and
attributes, all written in one way. Whatever else a page has is told, so nothing must be known of all that browsers can
do. A page written in that one way is cut into the same tags by every parser; it is looked at as it stands, line by
line, and once more as a browser would read it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html.parser import HTMLParser
from itertools import islice

import tinyhtml5  # type: ignore[import-untyped]

from reporter.roundtrip.page_elements import POLICY, POLICY_NAME, acting_flaws, begin, element_flaws, fragment_flaws
from reporter.roundtrip.picture_content import picture_flaws
from reporter.roundtrip.style_content import sheet_flaws

# The policy holds for what follows it, and the encoding must be known before anything is read.
HEAD = re.compile(
    r'<!DOCTYPE html>\n<html lang="[A-Za-z-]{2,20}">\n<head>\n<meta charset="utf-8">\n'
    rf'<meta http-equiv="Content-Security-Policy" content="{re.escape(POLICY)}">\n'
)
# Control characters, and those that turn the order of what follows: 24 would be read as 42.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
# Text and tags: names, and values in double quotes without < and >.
TAG = r'/?[A-Za-z][A-Za-z0-9]*(?:\s+[A-Za-z_][\w.:-]*(?:="[^"<>]*")?)*+\s*/?>'
PLAIN = re.compile(rf"(?>[^<]++|<{TAG})*+", re.ASCII)
MOST_TOLD, MOST_BYTES = 10, 64 << 20
# So much is looked at of what is written otherwise, to name it.
MOST_NAMED = 4096
# What a template says to the program, which no browser shows.
STATEMENT = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
# What a parser puts around a text that is no page.
AROUND = ("html", "head", "body")
Elements = Callable[[str, Sequence[tuple[str, str]]], Iterator[str]]


def active_content(content: bytes, *, fragment: bool = False) -> tuple[str, ...]:
    """Say what a page has that none of ours has. Each with its line, the first ones only. A `fragment` is a text that
    others paste into a page of theirs."""
    if len(content) > MOST_BYTES:
        return (f"is larger than {MOST_BYTES >> 20} MiB",)
    try:
        return tuple(islice(dict.fromkeys(_flaws(content, fragment=fragment)), MOST_TOLD))
    except (RecursionError, AssertionError):
        return ("is nested as no page of ours is",)


def _flaws(content: bytes, *, fragment: bool) -> Iterator[str]:
    try:
        text = content.decode()
    except UnicodeDecodeError as problem:
        yield f"line {content.count(10, 0, problem.start) + 1}: is not in UTF-8"
        return
    if control := CONTROL.search(text):
        yield f"{_line(text, control.start())}: has a character {control[0]!a}"
        return
    begins = fragment or bool(HEAD.match(text))
    if not begins:
        yield "line 1: does not begin as a page of ours, with its Content-Security-Policy unaltered and before all else"
    doctype = len("<!DOCTYPE html>") if text.startswith("<!DOCTYPE html>") and not fragment else 0
    end = PLAIN.match(text, doctype)
    place = end.end() if end else 0
    if place < len(text):
        yield f"{_line(text, place)}: has {begin(text[place:])}, which is written as in no page of ours"
        text = text[: place + MOST_NAMED]
        begins = False
    elements = fragment_flaws if fragment else element_flaws
    seen = _Reader(elements).read(text)
    yield from seen
    if begins and not seen:
        yield from _as_read(text, elements, AROUND if fragment else ())


def _line(text: str, place: int) -> str:
    return f"line {text.count(chr(10), 0, place) + 1}"


class _Reader(HTMLParser):
    """Looks at a page as it stands, tag by tag."""

    def __init__(self, elements: Elements) -> None:
        super().__init__()
        self.elements = elements
        self.flaws: list[str] = []
        self.policies = 0
        self.in_style = False

    def read(self, text: str) -> tuple[str, ...]:
        self.feed(text)
        self.close()
        return tuple(self.flaws)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_style = tag == "style"
        given = [(name, value or "") for name, value in attrs]
        self.policies += any((name, value.lower()) == ("http-equiv", POLICY_NAME) for name, value in given)
        self._note(self.elements(tag, given))
        self._note(flaw for name, value in given if name == "href" for flaw in picture_flaws(value))
        self._note(f"a character {found[0]!a} in {name}" for name, value in given if (found := CONTROL.search(value)))
        if self.policies > 1:
            self._note(("a second Content-Security-Policy",))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.in_style = False

    def handle_data(self, data: str) -> None:
        if control := CONTROL.search(data):
            self._note((f"a character {control[0]!a}",))
        if self.in_style:
            self._note(sheet_flaws(data))

    def handle_comment(self, data: str) -> None:
        self._note((f"a comment {begin(data)}",))

    def handle_decl(self, decl: str) -> None:
        if decl != "DOCTYPE html":
            self._note((f"a declaration {begin(decl)}",))

    def handle_pi(self, data: str) -> None:
        self._note((f"an instruction {begin(data)}",))

    def unknown_decl(self, data: str) -> None:
        self._note((f"a section {begin(data)}",))

    def _note(self, flaws: Iterable[str]) -> None:
        self.flaws += (f"line {self.getpos()[0]}: has {flaw}" for flaw in flaws)


def template_flaws(content: bytes) -> tuple[str, ...]:
    """Say what of a template would act if a browser opened it. What it makes is looked at as a page."""
    if len(content) > MOST_BYTES:
        return (f"is larger than {MOST_BYTES >> 20} MiB",)
    return _Reader(acting_flaws).read(STATEMENT.sub("x", content.decode(errors="replace")))[:MOST_TOLD]


def _as_read(text: str, elements: Elements, around: Sequence[str]) -> Iterator[str]:
    """What a page has when it is read as browsers read it. Elements may stand elsewhere then than they seem to; those
    `around` it are the parser's."""
    tree = tinyhtml5.parse(text, namespace_html_elements=False)
    for each in tree.iter():
        if not isinstance(each.tag, str):
            yield "as browsers read it, has a comment"
            continue
        tag = _local(each.tag)
        if tag in around and not each.attrib:
            continue
        attributes = [(_local(name), value) for name, value in each.attrib.items()]
        yield from (f"as browsers read it, has {flaw}" for flaw in elements(tag, attributes))
        if tag == "style":
            yield from (f"as browsers read it, has {flaw}" for flaw in sheet_flaws("".join(each.itertext())))


def _local(name: object) -> str:
    parts = [str(each) for each in name] if isinstance(name, tuple) else [str(name)]
    return parts[-1].rpartition("}")[2].lower()
