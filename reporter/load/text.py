"""Read narrative files, one level-1 heading for each section.

A heading is the section's code, and perhaps a colon and a headline.
"""

import re

from reporter.errors import Finding, Mark, Severity
from reporter.model import Passage

# ATX headings, fenced code and line endings as in CommonMark 4.2, 4.5 and 2.1.
HEADING = re.compile(r"#[ \t]+([^\s#].*)")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
COMMENT = re.compile(r"<!--.*?-->", re.S)
LINE = re.compile(r"\r\n|\r|\n")


def read_passages(text: str, path: str, language: str, year: int) -> tuple[tuple[Passage, ...], list[Finding]]:
    """Read the passages of a narrative file, in order.

    Also gives what is wrong with its headings. Comments are no text; a heading with nothing but a comment below is
    still to be written, and stands for no passage.
    """
    findings: list[Finding] = []
    passages: list[Passage] = []
    typed = LINE.split(text)
    for number, heading, lines in _split(_without_comments(text)):
        mark = Mark(path, number)
        code, _, title = (part.strip() for part in heading.partition(":"))
        if not title and not any(map(str.strip, lines)) and any(map(str.strip, typed[number : number + len(lines)])):
            continue
        if not code:
            if any(line.strip() for line in lines):
                hint = "begin the file with a heading such as # general_situation"
                findings.append(_error("text-before-heading", "text before the first heading", mark, hint))
            continue
        first = next((each for each in passages if each.section == code), None)
        if first:
            message = f"section {code!r} is written twice, first on line {first.mark.line - 1}"
            findings.append(_error("duplicate-key", message, mark, "join the two passages"))
            continue
        place = Mark(path, number, len("# ") + len(heading) - len(title) + 1)
        headline = Passage(section=code, language=language, year=year, markdown=title, mark=place) if title else None
        passages.append(
            Passage(
                section=code,
                language=language,
                year=year,
                markdown="\n".join(lines),
                mark=Mark(path, number + 1),
                headline=headline,
            )
        )
    return tuple(passages), findings


def _error(code: str, message: str, mark: Mark, hint: str) -> Finding:
    return Finding(severity=Severity.ERROR, code=code, message=message, mark=mark, hint=hint)


def _without_comments(text: str) -> str:
    """Leave out comments, but not their lines.

    No blank stays at an end of their lines, where it would say something to Markdown.
    """
    if not COMMENT.search(text):
        return text
    bare = LINE.split(COMMENT.sub(lambda found: "\n" * len(LINE.findall(found[0])), text))
    pairs = zip(bare, LINE.split(text), strict=True)
    return "\n".join(line if line == typed else line.strip() for line, typed in pairs)


def _split(text: str) -> list[tuple[int, str, list[str]]]:
    """Split a text at its headings: line, heading, lines below.

    What stands before the first heading has an empty one.
    """
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
    """The code fence that is open after a line, else empty.

    It is closed by one of the same character that is at least as long (CommonMark 4.5).
    """
    match = FENCE.match(line)
    if match is None or (match[1][0] == "`" and "`" in line[match.end() :]):
        return opened
    if not opened:
        return match[1]
    closes = match[1].startswith(opened) and not line[match.end() :].strip()
    return "" if closes else opened
