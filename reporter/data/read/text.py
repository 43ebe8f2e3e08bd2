"""Read narrative files: `# code: headline` starts a section, `## Title {#code}` a part of it."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from reporter.data.errors import Finding, Mark, error_at
from reporter.data.records import Audience, Passage

TOO_LARGE = "too-large"
# The longest narrative of the Lithuanian profile has 54,000 bytes in 200 lines, and no paragraph of 2,000 characters.
LINES, PARAGRAPH = 10_000, 10_000
# Signs of Markdown and of expressions: those that need a closing one, and all the others.
OPENING, MARKS = re.compile(r"[\[<`]"), re.compile(r"[*_{}&\\]")
OPENINGS, MOST_MARKS = 2_000, 20_000
END = re.compile(r"\r\n|\r|\n")


def beyond_limits(text: str, path: str) -> Finding | None:
    ends = [match.start() for match in END.finditer(text)]
    if len(ends) > LINES:
        message = f"the text has more than {LINES:,} lines"
        return error_at(Mark(path, LINES + 1), TOO_LARGE, message, "split it, or remove some")
    for signs, most, what in (
        (OPENING, OPENINGS, "[, < and `"),
        (MARKS, MOST_MARKS, "*, _, &, braces and backslashes"),
    ):
        positions = [match.start() for match in signs.finditer(text)]
        if len(positions) > most:
            mark = Mark(path, text.count("\n", 0, positions[most]) + 1)
            message = f"the text has more than {most:,} of the characters {what}"
            return error_at(mark, TOO_LARGE, message, "leave them out")
    return _long_paragraph(text, path, ends)


def _long_paragraph(text: str, path: str, ends: list[int]) -> Finding | None:
    start, paragraph_start, begins = 0, 0, 1
    for number, end in enumerate((*ends, len(text)), 1):
        if not text[start:end].strip():
            paragraph_start, begins = end, number + 1
        elif end - paragraph_start > PARAGRAPH:
            message = f"a paragraph has more than {PARAGRAPH:,} characters"
            return error_at(Mark(path, begins), TOO_LARGE, message, "split it with empty lines")
        start = end
    return None


# Fenced code as in CommonMark 4.5.
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
TITLE = re.compile(r"( {0,3})##[ \t]+(.*)")
CODED = re.compile(r"(?P<title>[^{}]*[^{}\s])[ \t]+\{#(?P<code>[a-z][a-z0-9_]*)\}")
# What people write when they mean a code: {# school}, {#School-lessons, {school}, #school}, [#school].
MEANS_CODE = re.compile(
    r"[ \t]*(?:\{\s*#(?P<opened>[^{}]*)\}?|\{(?P<braced>[\w -]+)\}$|[\[(]?#(?P<closed>[^\W\d][\w -]*)[})\]])"
    r"(?P<after>.*)"
)
CARRY = "carry: rest"
# Variants that people may write on the first line, where they cannot mean anything else.
MEANS_CARRY = re.compile(
    r"[\W_]*(?:car+y\w*\s*[:=].*|(?:car+y\w*[\W_]*(?:(?:over|on|the)[\W_]+)*|rest\s*[:=]\s*carry)"
    r"(?:rest|all|everything|yes|true|no|none)?[\W_]*)",
    re.I,
)
LONGEST_CARRY = 80
IS_CARRY = re.compile(r"[\W_]*carry\s*:\s*rest[\W_]*", re.I)


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """The line on which a section or part starts, counted from 1."""

    line: int
    section: str
    part: str = ""


@dataclass(slots=True)
class _Part:
    """A section's beginning or a part: `number` is its text's first line, `typed` its lines with comments."""

    number: int
    code: str = ""
    lines: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def mark(self, path: str) -> Mark:
        return Mark(path, self.number)

    def unreviewed(self, path: str) -> tuple[Mark, ...]:
        return tuple(Mark(path, self.number + n) for n, line in enumerate(self.typed) if line.strip() == MACHINE_LINE)

    @property
    def is_empty(self) -> bool:
        return not any(map(str.strip, self.lines[bool(self.code) :]))

    @property
    def waits(self) -> bool:
        """Whether it has only a comment: it is still to be written."""
        return self.is_empty and any(map(str.strip, self.typed[bool(self.code) :]))


def read_passages(
    text: str, path: str, language: str, year: int, *, frozen: bool = False
) -> tuple[tuple[Passage, ...], list[Finding]]:
    """Read the passages of a narrative file in order, and what is wrong with headings. Each section has one for its
    beginning, and one for each part with a code. Comments are not text; a heading with only a comment below is still to
    be written, and gives no passage. In a published (`frozen`) text, what only looks like a code stays a word."""
    if beyond := beyond_limits(text, path):
        return (), [beyond]
    blocks, wrong_marks = ((), ()) if frozen else wording_blocks(text, path)
    findings, passages, line_by_section = list(wrong_marks), list[Passage](), dict[str, int]()
    typed = LINE.split(text)
    for number, heading, lines in _split(without_marks(without_comments(text), blocks)):
        mark = Mark(path, number)
        code, _, title = (part.strip() for part in heading.partition(":"))
        if not code:
            if any(line.strip() for line in lines):
                hint = "start the file with a heading such as # general_situation"
                findings.append(error_at(mark, "text-before-heading", "text before the first heading", hint))
            continue
        if code in line_by_section:
            message = f"section {code!r} appears twice, first on line {line_by_section[code]}"
            findings.append(error_at(mark, "duplicate-key", message, "join the two passages"))
            continue
        below = typed[number : number + len(lines)]
        carries, problems = _carry(title, lines, below, mark, frozen=frozen)
        title = "" if problems and _says(IS_CARRY, title) else title
        beginning, *parts = _parts(lines, below, mark, problems, frozen=frozen)
        written = [part for part in parts if not part.waits]
        findings += problems
        if beginning.is_empty and not (title or carries or written) and (beginning.waits or parts):
            continue
        place = Mark(path, number, len("# ") + len(heading) - len(title) + 1)
        headline = Passage(section=code, language=language, year=year, markdown=title, mark=place) if title else None
        text_of = Passage(
            section=code, language=language, year=year, markdown=beginning.text, mark=beginning.mark(path)
        )
        line_by_section[code] = text_of.mark.line - 1
        passages.append(replace(text_of, headline=headline, carries=carries, unreviewed=beginning.unreviewed(path)))
        passages += (
            replace(text_of, markdown=part.text, mark=part.mark(path), part=part.code, unreviewed=part.unreviewed(path))
            for part in written
        )
    return tuple(passages), findings


def heading_lines(text: str) -> tuple[HeadingLine, ...]:
    """Where sections and their parts start, in order; also those that are empty, or still to be written."""
    headings: list[HeadingLine] = []
    for number, heading, lines in _split(without_comments(text)):
        code = heading.partition(":")[0].strip()
        headings += [HeadingLine(number, code)] if code else []
        for below, line in _outside_fences(lines if code else ()):
            title = TITLE.match(line)
            coded = None if title is None or title[1] else CODED.fullmatch(_title_text(title))
            headings += [HeadingLine(number + below + 1, code, coded["code"])] if coded else []
    return tuple(headings)


def _carry(
    title: str, lines: list[str], typed: Sequence[str], heading: Mark, *, frozen: bool
) -> tuple[bool, list[Finding]]:
    """Whether a section carries over the rest of an earlier text, and findings about that line; empties the line."""
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].strip() == CARRY:
        lines[first] = ""
        return True, []
    if frozen:
        return False, []
    numbers = [number for number, line in _outside_fences(lines) if _says(IS_CARRY, line)]
    if first is not None and _says(MEANS_CARRY, lines[first]):
        numbers.insert(0, first)
    for number in numbers:
        lines[number] = ""
    hidden = next((number for number, line in enumerate(typed) if line.strip()), None)
    if not numbers and hidden is not None and _says(IS_CARRY, typed[hidden]):
        numbers = [hidden]
    places = [Mark(heading.path, heading.line + number + 1) for number in numbers]
    places += [heading] if _says(IS_CARRY, title) else []
    hint = f"write only {CARRY} on the first line below the heading, or delete the line"
    message = f"the line that carries over the rest of an earlier text must be {CARRY}, below its heading"
    return bool(places), [error_at(place, "carry-line", message, hint) for place in places[:1]]


def _says(pattern: re.Pattern[str], line: str) -> bool:
    """Whether a line says nothing else; a long one is text."""
    return len(line) <= LONGEST_CARRY and pattern.fullmatch(line) is not None


def _parts(
    lines: Sequence[str], typed: Sequence[str], heading: Mark, findings: list[Finding], *, frozen: bool
) -> list[_Part]:
    parts = [_Part(heading.line + 1)]
    titles = {number: match for number, line in _outside_fences(lines) if (match := TITLE.match(line))}
    line_by_part: dict[str, int] = {}
    for number, line in enumerate(lines):
        place = Mark(heading.path, heading.line + number + 1)
        title, code = _title(titles[number], place, findings, frozen=frozen) if number in titles else ("", "")
        if code in line_by_part:
            message = f"part {code!r} appears twice, first on line {line_by_part[code]}"
            findings.append(error_at(place, "duplicate-key", message, "join the two, or give one of them another code"))
        elif code:
            line_by_part[code] = place.line
            parts.append(_Part(place.line, code))
        parts[-1].lines.append(f"## {title}" if code else line)
        parts[-1].typed.append(typed[number])
    return parts


def _title(match: re.Match[str], place: Mark, findings: list[Finding], *, frozen: bool) -> tuple[str, str]:
    """The title and the code of a sub-heading, empty without a code."""
    indent, text = match[1], _title_text(match)
    coded = CODED.fullmatch(text)
    if coded and not indent:
        return coded["title"], coded["code"]
    meant = None if frozen or "{{" in text else MEANS_CODE.search(text)
    if meant is None:
        return "", ""
    title = " ".join(f"{text[: meant.start()]} {meant['after']}".split()) or "Title"
    code = slug(meant["opened"] or meant["braced"] or meant["closed"] or "") or slug(title) or "part"
    message = "the code of a part is lower-case letters, digits and _ in {#…}, after its title"
    findings.append(error_at(place, "part-code", message, f"write ## {title} {{#{code}}}"))
    return title, code


def _title_text(match: re.Match[str]) -> str:
    text = match[2].rstrip(" \t")
    bare = text.rstrip("#")
    return (bare if bare != bare.rstrip(" \t") else text).strip()


def slug(text: str) -> str:
    """A code made of words: lower-case letters, digits and _."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_0123456789")


def _outside_fences(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(lines):
        fence = _fence(line, fence)
        if not fence:
            yield number, line


def _split(text: str) -> list[tuple[int, str, list[str]]]:
    """Split a text at its headings: line, heading, lines below. Text before the first heading has an empty one."""
    chunks: list[tuple[int, str, list[str]]] = [(1, "", [])]
    fence = ""
    for number, line in enumerate(LINE.split(text), 1):
        fence = _fence(line, fence)
        heading = None if fence else HEADING.match(line)
        if heading:
            chunks.append((number, heading[1].rstrip(" \t#"), []))
        else:
            chunks[-1][2].append(line)
    return chunks


def _fence(line: str, opened: str) -> str:
    """The code fence open after a line, or "". The same sign, at least as long, closes it (CommonMark 4.5)."""
    match = FENCE.match(line)
    if match is None or (match[1][0] == "`" and "`" in line[match.end() :]):
        return opened
    if not opened:
        return match[1]
    return "" if match[1].startswith(opened) and not line[match.end() :].strip() else opened


# ATX headings and line endings as in CommonMark 4.2 and 2.1.
HEADING = re.compile(r"#[ \t]+([^\s#].*)")
# The heading of a part with a code.
PART = re.compile(r"##[ \t]+[^{}]*[^{}\s][ \t]+\{#[a-z]")
COMMENT = re.compile(r"<!--.*?-->", re.S)
CLOSED = "-->"
LINE = re.compile(r"\r\n|\r|\n")
# Precedes a paragraph translated by machine that no person has reviewed, or follows such a heading.
MACHINE_LINE = "<!-- machine -->"


def without_comments(text: str) -> str:
    """Remove comments, keeping their lines, without trailing blanks, which have a meaning in Markdown."""
    blank = replace_comments(text, lambda match: "\n" * len(LINE.findall(match[0])))
    if blank == text:
        return text
    pairs = zip(LINE.split(blank), LINE.split(text), strict=True)
    return "\n".join(line if line == typed else line.strip() for line, typed in pairs)


def replace_comments(text: str, replacement: Callable[[re.Match[str]], str]) -> str:
    """Replace the comments of a text. Stops after the last closed one: each open one would scan to the end."""
    end = text.rfind(CLOSED) + len(CLOSED)
    return text if end < len(CLOSED) else COMMENT.sub(replacement, text[:end]) + text[end:]


SIGN = ":::"
WRONG_MARK = "wording-block"
BLOCK_BEGINS = re.compile(rf"[ \t]*{SIGN}[ \t]*({'|'.join(Audience)})[ \t]*")
BLOCK_ENDS = re.compile(rf"[ \t]*{SIGN}[ \t]*")
BLOCKS = "::: restricted\nwhat only a restricted edition says\n:::\n::: public\nwhat everybody may read\n:::"


@dataclass(frozen=True, slots=True)
class WordingBlock:
    """Lines for one audience, including their marks, counted from 0."""

    audience: Audience
    first: int
    last: int


def wording_blocks(text: str, path: str) -> tuple[tuple[WordingBlock, ...], tuple[Finding, ...]]:
    """The passages for one audience, and wrong marks."""
    if SIGN not in text:
        return (), ()
    blocks: list[WordingBlock] = []
    findings: list[Finding] = []
    opened: tuple[Audience, int] | None = None
    for number, line in enumerate(LINE.split(without_comments(text))):
        if not (SIGN in line or HEADING.match(line) or PART.match(line)):
            continue
        opening = BLOCK_BEGINS.fullmatch(line)
        if opened and BLOCK_ENDS.fullmatch(line):
            blocks.append(WordingBlock(*opened, number))
            opened = None
        elif opened:
            # Its intended end is unknown.
            findings.append(_unclosed(path, opened))
            opened = (Audience(opening[1]), number) if opening else None
        elif opening:
            opened = (Audience(opening[1]), number)
        elif SIGN in line:
            findings.append(_unknown(path, number, line))
    findings += [_unclosed(path, opened)] if opened else []
    return tuple(blocks), tuple(findings)


def without_marks(text: str, blocks: Sequence[WordingBlock]) -> str:
    """A text with blank lines instead of marks, as read before an audience is chosen."""
    if not blocks:
        return text
    marks = {number for block in blocks for number in (block.first, block.last)}
    return "\n".join("" if number in marks else line for number, line in enumerate(LINE.split(text)))


def _unclosed(path: str, opened: tuple[Audience, int]) -> Finding:
    audience, number = opened
    message = f"{SIGN} {audience} is not closed before the next mark, section or part"
    hint = f"write only {SIGN} on the line after the last one it applies to; keep headings of parts outside"
    return error_at(Mark(path, number + 1), WRONG_MARK, message, hint)


def _unknown(path: str, number: int, line: str) -> Finding:
    mark = Mark(path, number + 1)
    if BLOCK_ENDS.fullmatch(line):
        return error_at(mark, WRONG_MARK, f"{SIGN} has nothing to close", "delete the line")
    hint = "write each of these marks on a line of its own:\n" + BLOCKS
    return error_at(mark, WRONG_MARK, f"{SIGN} is not a mark for a public or restricted text", hint)
