"""Makes the tables of keys in `docs/year.md` and `docs/settings.md`. A line such as `<!-- year: countries -->` stands
where the example and the tables of a part of a file belong, up to the next heading; all else on the pages is written by
hand. A part that no line names gets a heading of its own at the end."""

import re
from collections.abc import Iterable, Iterator

from reporter.data.read.amount import WORDS
from reporter.data.read.key_examples import ShapeType, example_text, keys_as_written, line_of, shapes_in, words_in
from reporter.data.read.record_shapes import first_sentence
from reporter.data.read.shapes import SHAPES
from reporter.data.records import Qualifier

# The keys before the first one that holds entries; and the table of what a value may be.
HEAD, VALUES = "head", "<!-- values -->"


def rewritten(page: str, kinds: Iterable[str]) -> str:
    """A page with all that is stated of keys."""
    told: set[type] = set()
    for kind in kinds:
        for part in parts_of(kind):
            mark = f"<!-- {kind}: {part} -->"
            if mark not in page:
                page = f"{page.rstrip()}\n\n## `{part}`\n\n{mark}\n"
            page = _filled(page, mark, _part(kind, part, told))
    return _filled(page, VALUES, _table(("written", "when"), values())) if VALUES in page else page


def _filled(page: str, mark: str, lines: Iterable[str]) -> str:
    before, _, rest = page.partition(mark)
    following = re.search(r"^##+ ", rest, re.M)
    after = f"\n{rest[following.start() :]}" if following else ""
    return "\n".join((f"{before}{mark}", "", *lines, after))


def parts_of(kind: str) -> dict[str, list[str]]:
    """The keys of a file by part, its head first."""
    parts: dict[str, list[str]] = {HEAD: []}
    for key, field in SHAPES[kind].model_fields.items():
        if len(parts) > 1 or shapes_in(field.annotation):
            parts[key] = [key]
        else:
            parts[HEAD].append(key)
    return parts


def sections_of(text: str) -> dict[str, str]:
    """The lines of a YAML file by its outermost keys."""
    return {each.partition(":")[0]: each for each in re.split(r"^(?=\w)", text, flags=re.M)[1:]}


def values() -> Iterator[tuple[str, str]]:
    """What may be written for a value, and when."""
    yield "`41`", "the number is known; `0` only when it is known that there were none"
    yield from ((f"`{each} 41`", each.meaning) for each in Qualifier if each is not Qualifier.EXACT)
    yield from ((f"`{word}`", status.meaning) for word, status in WORDS.items())


def _part(kind: str, part: str, told: set[type]) -> Iterator[str]:
    whole, keys = SHAPES[kind], parts_of(kind)[part]
    sections = sections_of(example_text(kind))
    if part != HEAD:
        yield f"{whole.model_fields[part].description}."
        yield ""
    yield f"```yaml\n{''.join(sections[key] for key in keys).rstrip()}\n```"
    if part == HEAD:
        yield from _keys(whole, keys)
        shapes = []
    else:
        shapes = [each for each in shapes_in(whole.model_fields[part].annotation) if each not in told]
    for shape in shapes:
        yield from ("", first_sentence(shape)) if len(shapes) > 1 else ()
        yield from _keys(shape, keys_as_written(shape))
    for key, words in _words((whole, keys), *((each, each.model_fields) for each in shapes)):
        if words not in told:
            yield from ("", f"The words of `{key}`:", "")
            yield from _table(("word", "what it means"), ((f"`{each}`", each.meaning) for each in words))
            told.add(words)
    told.update(shapes)


def _words(*shapes: tuple[ShapeType, Iterable[str]]) -> Iterator[tuple[str, type]]:
    for shape, keys in shapes:
        for key in keys:
            yield from ((key, words) for words in words_in(shape.model_fields[key].annotation))


def _keys(shape: ShapeType, keys: Iterable[str]) -> Iterator[str]:
    rows = []
    for key in keys:
        field, line = shape.model_fields[key], line_of(shape, key)
        needed = ", needed" if field.is_required() else ""
        rows.append((f"`{key}`{needed}", field.description or "", f"`{line}`" if line else "above"))
    yield ""
    yield from _table(("key", "what it says", "for example"), rows)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
