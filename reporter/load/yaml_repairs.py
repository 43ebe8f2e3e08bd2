"""Repairs of lines that YAML cannot read. Each is a guess at what was meant. Whether the file can be read with it is
tried elsewhere."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from reporter.load.amount import NOTHING
from reporter.load.yaml_depths import moves
from reporter.load.yaml_lines import Repair, depth_of, indent_of, is_line, quoted, shown, within_text
from reporter.model.word_signs import ODD_BLANK, WORD_QUOTES

# A key of the file with its value, and before it the hyphens of a list.
PAIR = re.compile(r"(?P<before>[ ]*(?:- +)*(?P<key>[^\s#:,\[\]{}\"'-][^:#{\[\"']*): +)(?P<value>\S.*?) *")
INNER = re.compile(r"[{,]\s*[\w. ]+: +(?=[^\s{\[])")
# Where a text within braces may end: before the next key, or before the braces close.
ENDS = re.compile(r" *(?=, *[\w. ]+:(?: |$)|[}\]]+ *,?$)|$")
# A sign in place of a value, on a line of its own or within braces.
SIGN = re.compile(r"(?P<before>[ ]*(?:- +)*[^:#]+: +)(?P<sign>[-–—?%*&!:@]+(?P<number>\d+)?) *(?P<rest>#.*)?")
INNER_SIGN = re.compile(r"(?<=[{,])(?P<key>\s*[\w. ]+: +)(?P<sign>[-–—?%*&!:@]+)(?=\s*[,}])")
GLUED = re.compile(r"([{,]\s*[\w.]+|^ *(?:- +)*[\w.]+(?: [\w]+)?):(?=[\w\"'{\[])(?!//)")
# Between two entries on one line.
JOINED = re.compile(r"(?<=[:}\]\w\"'])[ ,;]+(?=(?:by )?[a-z][\w.]*:(?: |$))")
# What ends an entry within braces where only a comma is missing before the next one.
UNPARTED = re.compile(r"(?<=[\d}\]\"'])(?: *;)? +(?=[\w. ]+: )")
NO_COLON = re.compile(r"(?P<key>[ ]*(?:- +)*[a-z][\w.]*(?: (?:\w+(?= *[{=])))?)(?: *= *| +)(?P<value>[^\s=].*)")
LONE_KEY = re.compile(r" *(?:by )?[a-z][\w.]*")
CLOSERS = {"{": "}", "[": "]"}
# Within a text these begin another entry.
OPENS = re.compile(r", *[\w. ]+: *[{\[]")
SPECIAL = "@`%*&!|>"
STRAY = SPECIAL + "-[{}],:.;\"'"
# How many lines above the one that cannot be read may be the cause.
BACK = 12
# A line that is longer, or leaves more braces open, was not written by hand.
WIDEST, DEEPEST = 4_000, 6
# A value with so many blanks is a sentence.
SENTENCE = 3


def repairs(lines: Sequence[str], place: int, opened: int | None) -> Iterator[Repair]:
    """Guess what is wrong near the line at which reading stopped. The likeliest come first. `opened` is the line of a
    brace or bracket that was open then."""
    last = min(place, len(lines) - 1)
    found = (*([] if opened is None else [opened]), *range(last, max(-1, last - BACK), -1))
    near = [n for n in dict.fromkeys(found) if n < len(lines) and 0 < len(lines[n].strip(" ")) <= WIDEST]
    for search in (_blanks, _signs, _closers, _unparted, _quoted, _glued, _texts_over_lines, _without_colon, _commas):
        yield from chain.from_iterable(search(lines, line, last) for line in near)
    yield from moves(lines, near)
    for search in (_over_lines, _stray):
        yield from chain.from_iterable(search(lines, line, last) for line in near)


def _one(line: int, column: int, message: str, new: str, hint: str = "") -> Repair:
    return Repair(line=line, column=column, message=message, hint=hint or f"write {shown(new)}", lines={line: new})


def _blanks(lines: Sequence[str], line: int, _last: int) -> Iterator[Repair]:
    """Mend tabs, and what Word set, at the beginning of a line."""
    text = lines[line].lstrip()
    indent = lines[line][: len(lines[line]) - len(text)]
    if odd := ODD_BLANK.search(indent):
        what = "a tab indents this line" if "\t" in indent else "no-break spaces indent this line"
        hint = "indent with blanks, never with tabs, as the lines around it"
        others = {n: indent_of(each) for n, each in enumerate(lines) if ODD_BLANK.search(indent_of(each))}
        for width in (1, 2, 4):
            # Most often other lines have them, too.
            every = {n: ODD_BLANK.sub(" " * width, each) + lines[n].lstrip() for n, each in others.items()}
            yield Repair(line=line, column=odd.start(), message=what, hint=hint, lines={line: every[line]})
            yield Repair(line=line, column=odd.start(), message=what, hint=hint, lines=every)
        for other in (line - 1, line + 1):
            if is_line(lines, other):
                yield Repair(
                    line=line,
                    column=odd.start(),
                    message=what,
                    hint=hint,
                    lines={line: " " * depth_of(lines[other]) + text},
                )
    if dash := re.match(r"[–—•·*]\s+", text):
        new = f"{indent}- {text[dash.end() :]}"
        yield _one(line, len(indent), "a list begins its lines with a hyphen", new)


def _signs(lines: Sequence[str], line: int, _last: int) -> Iterator[Repair]:
    """Mend a hyphen or another sign in place of a value."""
    if found := SIGN.fullmatch(lines[line]):
        rest = f"  {found['rest']}" if found["rest"] else ""
        new = f"{found['before']}{found['number'] or 'missing'}{rest}"
        hint = "" if found["number"] else NOTHING
        yield _one(line, found.start("sign"), f"{found['sign']!r} is not a value", new, hint)
    if found := INNER_SIGN.search(lines[line]):
        new = INNER_SIGN.sub(r"\g<key>missing", lines[line])
        yield _one(line, found.start("sign"), f"{found['sign']!r} is not a value", new, NOTHING)


def _closers(lines: Sequence[str], line: int, last: int) -> Iterator[Repair]:
    """Mend braces and brackets that do not pair."""
    open_at: list[tuple[int, str]] = []
    for end in range(line, min(last, line + BACK) + 1):
        text = lines[end]
        for column, sign in _structure(text):
            if sign in CLOSERS:
                open_at.append((column if end == line else 0, sign))
            elif open_at and CLOSERS[open_at[-1][1]] != sign:
                right = CLOSERS[open_at[-1][1]]
                new = text[:column] + right + text[column + 1 :]
                yield _one(end, column, f"{sign} stands in place of {right}", new)
                open_at.pop()
            elif open_at:
                open_at.pop()
            else:
                yield _one(end, column, f"{sign} is too many", text[:column] + text[column + 1 :])
                if sign in CLOSERS.values() and (pair := PAIR.fullmatch(text)):
                    opener = next(each for each, other in CLOSERS.items() if other == sign)
                    new = f"{pair['before']}{opener}{pair['value']}"
                    yield _one(end, pair.start("value"), f"{opener} is missing", new)
        if not 0 < len(open_at) <= DEEPEST:
            return
        closers = "".join(CLOSERS[sign] for _, sign in reversed(open_at))
        code, comment = _parted(text)
        if "}" in comment or "]" in comment:  # no comment, but a text that goes on
            return
        new = code.rstrip(" ,") + closers + comment
        hint = f"write {shown(new)}" if end == line else f"end line {end + 1} with it: {shown(new)}"
        yield Repair(line=line, column=open_at[0][0], message=f"{closers} is missing", hint=hint, lines={end: new})


def _structure(line: str) -> Iterator[tuple[int, str]]:
    """The braces and brackets of a line outside of texts."""
    quote = ""
    for column, sign in enumerate(line):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and (column == 0 or line[column - 1] in " {[,"):
            quote = sign
        elif sign == "#" and line[column - 1 : column] in ("", " "):
            return
        elif sign in "{}[])":
            yield column, sign


def _parted(line: str) -> tuple[str, str]:
    """Part a line from its comment and the blanks before it."""
    found = re.fullmatch(r"((?:[^\"'#]|(?<! )#|\"[^\"]*+\"|'[^']*+')*?)(\s+#.*|\s*)", line)
    return (found[1], found[2]) if found else (line, "")


def _quoted(lines: Sequence[str], line: int, _last: int) -> Iterator[Repair]:
    """Mend a text that needs quotes, or other ones."""
    text, comment = _parted(lines[line])
    if not comment.lstrip().startswith("# "):  # a text that goes on: Case #5
        text, comment = lines[line], ""
    pair = PAIR.fullmatch(text)
    starts = [*([pair.start("value")] if pair else []), *(each.end() for each in INNER.finditer(text))]
    short, long = [], []
    for start in starts:
        ends = dict.fromkeys(each.start() for each in ENDS.finditer(text, start))
        found = [place for end in ends if (place := _in_need(text, start, end))]
        short += found[:1]
        long += found[1:]
    together = [short] if len(short) > 1 else []
    for places in (*([each] for each in short), *together, *([each] for each in long)):
        made = text
        for start, end, _ in reversed(places):
            made = made[:start] + quoted(_bare(made[start:end])) + made[end:]
        yield _one(line, places[0][0], places[0][2], made + comment)


def _in_need(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    """A part of a line that needs other quotes, and why."""
    value = text[start:end].strip()
    is_text = value and value[0] not in "{[" and not OPENS.search(value)
    why = _why(value) if is_text else ""
    return (start, end, why) if why else None


def _texts_over_lines(lines: Sequence[str], line: int, last: int) -> Iterator[Repair]:
    """Mend a sentence that goes on over lines and needs quotes."""
    pair = PAIR.fullmatch(lines[line])
    if pair and pair["value"].count(" ") >= SENTENCE:
        yield from _over_lines(lines, line, last)


def _over_lines(lines: Sequence[str], line: int, last: int) -> Iterator[Repair]:
    """Set quotes round a text that goes on over lines."""
    pair = PAIR.fullmatch(lines[line])
    if pair is None or pair["value"][0] in "{[|>":
        return
    key, value = pair["before"], lines[line][pair.start("value") :]
    width = len(key) - len(key.lstrip(" -"))
    for end in range(line + 1, min(last + 1, line + BACK, len(lines))):
        if lines[end].strip() and depth_of(lines[end]) <= width:
            return
        whole = "\n".join((value, *lines[line + 1 : end + 1]))
        if why := _why(whole):
            first, *more = quoted(_bare(whole)).split("\n")
            made = {line: key + first, **dict(enumerate(more, line + 1))}
            hint = f"put quotes round the whole text: {shown(key + first)}, and at the end of line {end + 1}"
            yield Repair(line=line, column=len(key), message=why, hint=hint, lines=made)


def _bare(value: str) -> str:
    """A text without the quotes round it, paired or not."""
    text = value.strip()
    if text[:1] in "\"'" or text[:1] in WORD_QUOTES:
        closed = text[-1] in "\"'" or text[-1] in WORD_QUOTES
        # A quote within it belongs to the text: "Caritas" is an organisation.
        quote = text[0]
        pairs = text.count(quote) == 2 and text[-1] != quote and quote in "\"'"
        if not pairs:
            text = text[1:-1] if closed and len(text) > 1 else text[1:]
            text = text.removesuffix(quote) if text.count(quote) == 1 else text
    return text.strip()


def _why(value: str) -> str:
    """Why a text needs other quotes, empty when it needs none."""
    first, last = value[:1], value[-1:]
    if first in WORD_QUOTES:
        return "the quotes are those of Word"
    if first in "\"'":
        return f"the quote {first} is not closed" if value.count(first) == 1 else "the quotes do not pair"
    if last in "\"'" and value.count(last) == 1:
        return f"the quote {last} is not opened"
    if first in SPECIAL:
        return f"a text that begins with {first} needs quotes"
    sign = next((each for each in (": ", " #") if each in value.replace("\n", " ")), "")
    return f"a text with {sign!r} needs quotes" if sign else ""


def _glued(lines: Sequence[str], line: int, _last: int) -> Iterator[Repair]:
    """Mend a colon without the blank behind it."""
    text = lines[line]
    if found := GLUED.search(text):
        yield _one(line, found.end() - 1, "a blank is missing after the colon", GLUED.sub(r"\1: ", text))


def _unparted(lines: Sequence[str], line: int, _last: int) -> Iterator[Repair]:
    """Mend entries within braces without a comma between them."""
    text = lines[line]
    if "{" in text and (found := UNPARTED.search(text)):
        yield _one(line, found.start(), "a comma is missing", UNPARTED.sub(", ", text))


def _commas(lines: Sequence[str], line: int, _last: int) -> Iterator[Repair]:
    """Mend a comma that ends a line, and entries that share one."""
    text = lines[line].rstrip()
    if text.endswith((",", ";")):
        yield _one(line, len(text) - 1, f"{text[-1]} ends no line here", text[:-1])
    for found in JOINED.finditer(text):
        begun, rest = text[: found.start()], text[found.end() :]
        depth = depth_of(text) + (2 if begun.endswith(":") else 0)
        hint = f"begin a new line with {shown(rest)}"
        parted = {line: f"{begun}\n{' ' * depth}{rest}"}
        yield Repair(line=line, column=found.end(), message="two entries stand on one line", hint=hint, lines=parted)


def _stray(lines: Sequence[str], line: int, _last: int) -> Iterator[Repair]:
    """Take out a sign at the beginning of a line."""
    text = lines[line]
    start = depth_of(text)
    if text[start] in STRAY and text[start + 1 :].strip():
        for new in (text[:start] + text[start + 1 :], f"{text[:start]} {text[start + 1 :]}"):
            yield _one(line, start, f"{text[start]} does not belong here", new)


def _without_colon(lines: Sequence[str], line: int, _last: int) -> Iterator[Repair]:
    """Mend a key without its colon."""
    text = lines[line].rstrip()
    above = next((n for n in range(line - 1, -1, -1) if is_line(lines, n)), 0)
    # A line of the text above may lack it rightly.
    if within_text(lines, above) and not re.fullmatch(r" *(?:by )?[\w.]+(?: \d+)?", text):
        return
    if LONE_KEY.fullmatch(text):
        yield _one(line, len(text), "a colon is missing", f"{text}:")
    if ": " not in text and (found := NO_COLON.fullmatch(text)):
        yield _one(line, len(found["key"]), "a colon is missing", f"{found['key']}: {found['value']}")
