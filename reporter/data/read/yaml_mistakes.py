"""Explain in plain words why a file is not valid YAML. Common mistakes (a tab, a colon in a text, no space after a
colon, wrong indentation) get their cause and the fix. The parser's message is never shown."""

import re
from collections.abc import Sequence

import yaml

from reporter.data.errors import Finding, Mark, error_at
from reporter.data.languages.sentences import ODD_BLANK, WORD_QUOTES
from reporter.data.read.amount import NOTHING

CODE = "broken-yaml"
# A key with its value, or its content below, perhaps after the hyphen of a list.
PAIR = re.compile(r"(?P<before> *(?:- +)*)(?P<key>[^\s#:,\[\]{}\"'*•·–—-][^:#{\[\"']*):(?P<value> .*|)")
GLUED = re.compile(r"(?P<key>[\w.]+(?: [\w]+)?):(?!//)(?P<value>[^\s:].*)")
BLOCK_TEXT = re.compile(r" [>|][+-]?\d?[+-]? *(?:#.*)?")
COMMENT = re.compile(r"\s+#\s.*$")
# The end of a text within braces: before the next key, or the closing brace.
ENDS = re.compile(r" *(?=,\s*[\w. ]+:(?: |$)|[}\]]+ *,?$)|$")
# Only a comma is missing before the next key, after a number or a closed value.
NO_TEXT = re.compile(r"[\d.]+;? .*|.*[}\]\"'];? .*")
# A value with so many blanks is a sentence.
SENTENCE = 3
# How much of a line a hint prints, and how long a line is that no person typed.
LONGEST, WIDEST = 100, 4_000
NO_COLON = "mapping values are not allowed in this context"
UNLIKE = ("did not find expected key", "did not find expected '-' indicator", "did not find expected <document start>")
SPACE = "a space is missing after the colon"
CHECK = "check this line and the one above: its colon, quotes, braces and indentation"
CLOSE = "close it at the end of its text"
ESCAPED = ("a backslash in double quotes starts a code", "write it twice, or use single quotes")
# The parser's messages in other words.
WORDS = {
    NO_COLON: ("a colon is not allowed here", CHECK),
    "did not find expected key": (
        "this line cannot continue like that",
        "check quotes, braces and commas before this place; a quote above may not be closed",
    ),
    "did not find expected ',' or '}'": ("a comma or } is missing", "close the brace, or put commas between entries"),
    "did not find expected ',' or ']'": ("a comma or ] is missing", "close the bracket, or put commas between items"),
    "did not find expected '-' indicator": (
        "this line does not belong to the list above it",
        "start each item of a list with a hyphen and a space",
    ),
    "did not find expected node content": (
        "a bracket or brace is not closed, or a value is missing",
        "close it, or write the value",
    ),
    "found unexpected end of stream": ("a quote is not closed", CLOSE),
    "could not find expected ':'": (
        "a colon is missing",
        "write key: value; indent the lines of a longer text deeper than its key",
    ),
    "found character that cannot start any token": (
        "this character cannot start a value",
        "put a text that starts with it in quotes",
    ),
    "block sequence entries are not allowed in this context": ("a hyphen is not a value", NOTHING),
    "did not find expected alphabetic or numeric character": ("this character is not a value", NOTHING),
    "found undefined alias": ("a value cannot start with *", 'put the text in quotes, or leave out the "*"'),
    "found unexpected ':'": (SPACE, NOTHING),
    "found unexpected document indicator": ("a quote is not closed", CLOSE),
    "found unknown escape character": ESCAPED,
    "did not find expected hexdecimal number": ESCAPED,
    "mapping keys are not allowed in this context": ("a question mark is not a value", NOTHING),
    "did not find expected comment or line break": (
        "nothing may follow on this line",
        "write the text on the lines below, indented, or put it in quotes",
    ),
    "did not find expected <document start>": ("a text appears where a key is expected", "write key: value"),
}


def mistake(text: str, path: str, problem: yaml.YAMLError) -> Finding:
    """Why a file cannot be read; `problem` is the parser's error."""
    lines = text.replace("\r\n", "\n").split("\n")
    fault = _Fault(lines, path, problem)
    is_typed = fault.line >= 0 and max(map(len, lines)) <= WIDEST
    finding = (_quote(fault) or _tab(fault) or _glued(fault) or _colon(fault) or _depth(fault)) if is_typed else None
    return finding or _plain(fault)


def excerpt(line: str) -> str:
    text = line.strip()
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 35]} … {text[-30:]}"


def quoted(text: str) -> str:
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


class _Fault:
    """Where reading stopped, and the parser's message. The line is -1 if unknown."""

    def __init__(self, lines: Sequence[str], path: str, problem: yaml.YAMLError) -> None:
        self.lines, self.path = lines, path
        self.whole = str(problem)
        self.problem = getattr(problem, "problem", None) or self.whole.partition("\n")[0]
        self.context = getattr(problem, "context", None) or ""
        self.mark = getattr(problem, "problem_mark", None)
        self.opened = getattr(problem, "context_mark", None)
        self.line = min(self.mark.line, len(lines) - 1) if self.mark else -1
        self.column = self.mark.column if self.mark else 0
        self.is_within = "flow" in self.context or "quoted" in self.context

    @property
    def text(self) -> str:
        return self.lines[self.line]

    def error(self, line: int, column: int, message: str, hint: str) -> Finding:
        """What is wrong at a place, counted from 0, and what to write."""
        return error_at(Mark(self.path, line + 1, column + 1), CODE, message, hint)

    def above(self, line: int) -> int | None:
        return next((n for n in range(line - 1, -1, -1) if re.match(r"\s*[^\s#]", self.lines[n])), None)


def _quote(fault: _Fault) -> Finding | None:
    """A quote that opens on a line above and is taken to be closed by the next one, where the parser stops."""
    opened = None
    try:
        for token in yaml.scan("\n".join(fault.lines), Loader=yaml.CSafeLoader):
            start, end = token.start_mark, token.end_mark
            if end.line > fault.line or (end.line == fault.line and end.column > fault.column):
                break
            if getattr(token, "style", None) in ("'", '"') and start.line < end.line == fault.line:
                opened = start
    except yaml.YAMLError:
        pass
    if opened is None:
        return None
    message = f"the quote that opens here is closed only on line {fault.line + 1}: {excerpt(fault.lines[opened.line])}"
    return fault.error(opened.line, opened.column, message, CLOSE)


def _tab(fault: _Fault) -> Finding | None:
    for line in (fault.line, fault.above(fault.line)):
        if line is None or fault.is_within:
            continue
        text = fault.lines[line].lstrip()
        indent = fault.lines[line][: len(fault.lines[line]) - len(text)]
        if text and (odd := ODD_BLANK.search(indent)):
            what = "a tab indents this line" if "\t" in indent else "no-break spaces indent this line"
            levels = _levels(fault.lines, line, is_item=text.startswith("- "))
            hint = f"indent it {levels[0][1] if levels else 'with spaces'}"
            return fault.error(line, odd.start(), what, hint)
    return None


def _glued(fault: _Fault) -> Finding | None:
    near = (fault.line, fault.above(fault.line), min(fault.opened.line, fault.line) if fault.opened else None)
    for line in near:
        text = "" if line is None else fault.lines[line].lstrip(" -")
        if ": " not in text and not text.endswith(":") and (match := GLUED.fullmatch(text)):
            column = len(fault.lines[line or 0]) - len(text) + match.end("key")
            return fault.error(line or 0, column, SPACE, f"write {match['key']}: {excerpt(match['value'])}")
    return None


def _colon(fault: _Fault) -> Finding | None:
    text, end = fault.text, fault.column
    start = text.rfind(": ", 0, end) + 2 if text[end : end + 1] == ":" else 1
    if fault.problem == NO_COLON and start > 1 and (pair := PAIR.match(text)):
        start = pair.end("key") + 2
        value, comment = COMMENT.sub("", text[start:]), COMMENT.search(text[start:])
        if value[-1:] not in "}]" and start < end:
            new = text[:start] + quoted(_bare(value)) + (f"  {comment[0].strip()}" if comment else "")
            return fault.error(fault.line, start, "a text with a colon needs quotes", f"write {excerpt(new)}")
    elif "flow mapping" in fault.context and start > 1 and not NO_TEXT.fullmatch(text[start:end]):
        match = ENDS.search(text, end)
        last = match.start() if match else len(text)
        new = text[:start] + quoted(_bare(text[start:last])) + text[last:]
        return fault.error(fault.line, start, "a text with a colon needs quotes", f"write {excerpt(new)}")
    return _colon_below(fault)


def _colon_below(fault: _Fault) -> Finding | None:
    above = fault.above(fault.line)
    while above is not None and _depth_of(fault.lines[above]) >= _depth_of(fault.text):
        above = fault.above(above)
    pair = PAIR.fullmatch(fault.lines[above]) if above is not None else None
    if fault.problem != NO_COLON or above is None or not pair or pair["value"].strip().count(" ") < SENTENCE:
        return None
    new = f'{pair["key"]}: "{pair["value"].strip()}'
    hint = f"put quotes around the whole text: {excerpt(new)}, and one more at its end"
    return fault.error(above, pair.start("value") + 1, "a text with a colon needs quotes", hint)


def _bare(value: str) -> str:
    text = value.strip()
    quotes = WORD_QUOTES + "\"'"
    return text[1:-1].strip() if len(text) > 1 and text[0] in quotes and text[-1] in quotes else text


def _depth(fault: _Fault) -> Finding | None:
    text, was = fault.text, _depth_of(fault.text)
    above = fault.above(fault.line)
    key, is_item = PAIR.match(text), text.lstrip().startswith("- ")
    if above is None or not (key or is_item) or fault.is_within:
        return None
    pair = PAIR.fullmatch(fault.lines[above])
    is_below = fault.problem == NO_COLON and pair and pair["value"].strip() and was > _depth_of(fault.lines[above])
    if not is_below and not (fault.problem in UNLIKE and fault.column == was):
        return None
    levels = _levels(fault.lines, fault.line, is_item=is_item)
    deeper, higher = ([step for step in levels if step[0] > was][-1:], [step for step in levels if step[0] < was][:1])
    if not (deeper or higher) or any(depth == was for depth, _ in levels):
        return None
    message = f"this line starts with {was or 'no'} space{'' if was == 1 else 's'}, which matches no line above it"
    return fault.error(fault.line, was, message, f"indent it {', or '.join(words for _, words in (*deeper, *higher))}")


def _levels(lines: Sequence[str], line: int, *, is_item: bool) -> list[tuple[int, str]]:
    """Possible indentations of a line after those above, in numbers and words, deepest first; items and keys differ."""
    words_by_depth: dict[int, str] = {}
    limit = len(lines[line]) + LONGEST
    for n in range(line - 1, -1, -1):
        pair, depth = PAIR.fullmatch(lines[n]), _depth_of(lines[n])
        is_list = lines[n].lstrip().startswith("- ")
        if not (pair or is_list) or depth >= limit or lines[n].lstrip().startswith("#"):
            continue
        place, line_number = len(pair["before"]) if pair else depth, n + 1
        if pair and BLOCK_TEXT.fullmatch(pair["value"]):  # deeper lines are its text
            words_by_depth = {level: words for level, words in words_by_depth.items() if level <= place}
        if pair and not words_by_depth and not pair["value"].strip():
            count, key = place + 2, pair["key"]
            words_by_depth[count] = f"with {count} spaces as part of {key!r} on line {line_number}"
        if is_list if is_item else pair:
            count, key = depth if is_item else place, lines[n].strip(" -").partition(":")[0][:30]
            number = count or "no"
            words = f"with {number} space{'' if count == 1 else 's'} like {key!r} on line {line_number}"
            words_by_depth.setdefault(count, words)
        limit = depth
    return sorted(words_by_depth.items(), reverse=True)


def _depth_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _plain(fault: _Fault) -> Finding:
    if "another document" in fault.whole:
        hint = "one file is one document: remove the line of three dashes"
        return fault.error(fault.line, fault.column, "a second document starts here", hint)
    message, hint = WORDS.get(fault.problem, ("not valid YAML", CHECK))
    mark = fault.opened if fault.opened and (fault.is_within or "simple key" in fault.context) else fault.mark
    if mark is None:
        return fault.error(0, 0, message, hint)
    line, column = min(mark.line, len(fault.lines) - 1), mark.column
    if not fault.lines[line].strip() and (above := fault.above(line)) is not None:
        line, column = above, len(fault.lines[above])
    return fault.error(line, column, f"{message}: {excerpt(fault.lines[line])}", hint)
