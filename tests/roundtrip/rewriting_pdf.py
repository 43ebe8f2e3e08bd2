"""PDFs whose pages or tags were rewritten, as a forger would."""

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf

from reporter.marked import shown_texts


def rewritten(pdf: bytes, change: Callable[[Pdf], object]) -> bytes:
    """A PDF after a change."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(target)
    return target.getvalue()


def swapped(old: str, new: str) -> Callable[[Pdf], object]:
    """Shows one text of a page in the place of another: both are drawn with letters that the file has."""

    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            shown = [each.text for each in shown_texts(page, {}) if each.text]
            if old in shown and new in shown:
                instructions = list(pikepdf.parse_content_stream(page))
                letters = [each for each in instructions if str(each.operator) in ("Tj", "TJ")]
                there, source = letters[shown.index(old)], letters[shown.index(new)]
                instructions[instructions.index(there)] = source
                page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
                return
        raise AssertionError(f"no page says {old!r} and {new!r}")

    return change


def added(text: str, begin: bytes, end: bytes = b"EMC") -> Callable[[Pdf], object]:
    """Draws a text of a page once more, between other marks."""

    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            shown = [each.text for each in shown_texts(page, {}) if each.text]
            if text in shown:
                instructions = list(pikepdf.parse_content_stream(page))
                letters = [n for n, each in enumerate(instructions) if str(each.operator) in ("Tj", "TJ")]
                last = letters[shown.index(text)]
                first = max(n for n in range(last) if str(instructions[n].operator) == "BT")
                again = pikepdf.unparse_content_stream([*instructions[first : last + 1], ([], Operator("ET"))])
                page.Contents = pdf.make_stream(
                    page.Contents.read_bytes() + b" q " + begin + b" " + again + b" " + end + b" Q"
                )
                return
        raise AssertionError(f"no page says {text!r}")

    return change


def tags(pdf: Pdf, role: Name) -> list[tuple[Dictionary, int]]:
    """The tags of a role, as the tag above and the place in it."""
    found: list[tuple[Dictionary, int]] = []

    def walk(tag: Dictionary) -> None:
        kids = tag.get(Name.K, Array())
        for place, kid in enumerate(kids if isinstance(kids, Array) else [kids]):
            if isinstance(kid, Dictionary) and Name.S in kid:
                found.extend([(tag, place)] if kid.S == role else [])
                walk(kid)

    walk(pdf.Root.StructTreeRoot.K[0])
    return found
