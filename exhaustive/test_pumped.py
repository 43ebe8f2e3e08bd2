"""Hostile texts at the limit of their size: each is read, or refused, in less than two seconds of the processor."""

from collections.abc import Callable, Iterator
from time import process_time

import pytest

from reporter.data.errors import Mark
from reporter.data.files.sources import LARGEST, LARGEST_TEXT, SourceFile, Sources
from reporter.data.i18n.po_file import read_po_file
from reporter.data.read.text import read_passages
from reporter.data.read.yaml_tree import read_yaml
from reporter.data.records import Passage
from reporter.text.expression import Piece, parse
from reporter.text.markdown import chunks, problems, tree
from scripts.fuzz.targets import REFUSALS

# Two seconds are what is meant; the other half is for whoever shares the core.
PARAGRAPH, SECONDS = 9_900, 4.0
PUMPS = (
    *("{%", "{#", "{{", '{{ "', "{{ a.b | at(2017", "{{ a.b }} ", "{ a.b | ", "}}", "{"),
    *("<", "<!--", "<a ", "<?", "<![CDATA[", "[", "[a](", "![", "[a]: ", "[a]: b\n", "[]", "*a", "_a ", "*a**", "**a "),
    *("`", "` ", "```\n", "~~~\n", "|", "|-", "-|", "--|", "#", "# ", "## a\n", "> ", ">", "- ", "- a\n", "1. a\n"),
    *(
        "::: \n",
        "::: public\n",
        ":::\n",
        "carry: rest\n",
        " ",
        "  ",
        "\t",
        "\n",
        "&amp;",
        "&",
        "\\",
        '"',
        "'",
        "a@",
        "1",
    ),
    *("1-", "1,", "a ", "A. ", "a.", "http://a", "\u00a0", "(", "é"),
)
YAML = (
    *(
        "[",
        "{",
        "{a: ",
        "- ",
        "? ",
        "&a ",
        "*a,",
        "!a ",
        '"',
        "'",
        "|\n",
        "#",
        " ",
        "\t",
        "\n",
        "a: b\n",
        "a:\n",
        "- a\n",
    ),
    *(
        "a, ",
        "a:b, ",
        "1,",
        "“a” ",
        "x: -\n",
        " a: b\n",
        "\u00a0a: b\n",
        "---\n",
        'a: "\n',
        "} ",
        "a: b: c\n",
        "\\",
        "a",
    ),
)
PO = ("a", '"a"\n', 'msgid "a"\n', 'msgid "a"\nmsgstr "b"\n\n', "#", "#~ ", "\\", '"', "{", "msgid[0] ", " ", "\n")


def pumped(piece: str, length: int, parted: str = "") -> str:
    """A piece again and again, perhaps with something between paragraphs."""
    if not parted:
        return piece * (length // len(piece.encode()))
    paragraph = piece * (PARAGRAPH // len(piece.encode())) + parted
    return paragraph * (length // len(paragraph.encode()))


def narratives() -> Iterator[str]:
    for piece in PUMPS:
        yield pumped(piece, LARGEST_TEXT - 100)
        yield pumped(piece, LARGEST_TEXT - 100, "\n\n")
        # As much as the limits of a narrative let through.
        yield pumped(piece, 2_000 * len(piece.encode()), "\n\n")


def spent(work: Callable[[], object]) -> float:
    """The seconds of the processor that some work takes. When somebody else had the core meanwhile, it is done once
    more."""
    for _ in range(2):
        started = process_time()
        work()
        seconds = process_time() - started
        if seconds < SECONDS:
            break
    return seconds


@pytest.mark.parametrize("text", tuple(narratives()), ids=lambda text: repr(text[:12]))
def test_a_narrative_is_read(text: str) -> None:
    def read() -> None:
        for passage in read_passages(f"# general_situation\n\n{text}", "a.md", "en", 2020)[0]:
            parse(passage)
            problems(passage.markdown, passage.mark)
            for chunk in chunks(passage.markdown, 1):
                tree([Piece(chunk.text, Mark(""))])

    assert spent(read) < SECONDS


@pytest.mark.parametrize("piece", PUMPS)
def test_an_expression_is_parsed(piece: str) -> None:
    passage = Passage(section="victims", language="en", year=2020, markdown=pumped(piece, 100_000), mark=Mark("a.md"))
    assert spent(lambda: parse(passage)) < SECONDS


@pytest.mark.parametrize("piece", YAML)
@pytest.mark.parametrize("around", ["{}", "a: {{{}}}", 'a: "{}"'])
def test_a_yaml_file_is_read(piece: str, around: str) -> None:
    content = around.format(pumped(piece, LARGEST_TEXT - 100)).encode()
    assert spent(lambda: read_yaml(Sources.from_contents({"a.yaml": content}), "a.yaml")) < SECONDS


@pytest.mark.parametrize("piece", PO)
def test_a_catalogue_of_messages_is_read(piece: str) -> None:
    content = pumped(piece, LARGEST - 100).encode()

    def read() -> None:
        try:
            read_po_file(SourceFile("a.po", lambda: content), "lt")
        except REFUSALS as problem:
            assert str(problem)

    assert spent(read) < SECONDS
