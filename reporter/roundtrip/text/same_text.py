"""Compare the tagged text of a PDF with its web page. Both say the same: headings, paragraphs, items of lists, cells
and captions in the same order within each chapter, notes, and what is drawn and said of each figure. Not compared are
white space but between digits, soft hyphens, hyphens between letters, which may end a line, and capitals. By these
rules alone a PDF may differ from the page:

- chapters, figures with their captions, and notes may stand elsewhere, since a page has other room for them; notes are
  compared sentence by sentence;
- the cover, the imprint and the last page say what the page says, in any order, and besides what is attached to the
  file, which standards it keeps and where it is on the web, in words without other numbers;
- the list of contents adds numbers of pages, and says only what stands in the document;
- a table may stand elsewhere among the paragraphs of its chapter, where it found room;
- a heading of the page may begin with words of the cover; a table of the PDF whose cells are paragraphs of the page may
  have a short caption and heads of words besides;
- running titles, which no tag has, say the number of the page, a title, or the head of a table once more;
- an annex may have the tables that the page has beside the charts, with notes in words of the page;
- the signs before the items of a list are left out, and so is what a page alone has: the data beside a chart, and what
  leads about the page.
"""

from collections import Counter
from collections.abc import Iterator

from reporter.roundtrip.stated import MalformedFileError
from reporter.roundtrip.text.loose_text import contents_differences, imprint_differences, outside_differences
from reporter.roundtrip.text.page_text import read_passages
from reporter.roundtrip.text.said import ChapteredText, key_of, letters_of, quoted
from reporter.roundtrip.text.same_chapter import ComparedChapter, missing
from reporter.roundtrip.text.tagged_text import FIGURE, read_tagged

# The number of the first chapter.
COVER = 1
MOST_PASSAGES = 40_000


def text_differences(pdf: bytes, page: bytes, beside: bytes = b"") -> Iterator[str]:
    """Find where a PDF and a page do not say the same. `beside` is the page of the other volume, which alone may say
    whom to ask. Raises MalformedFileError for what is no PDF with tags, or too long."""
    tagged = read_tagged(pdf)
    one, other = ChapteredText(tagged.passages), ChapteredText(read_passages(page))
    if max(len(one.passages), len(other.passages)) > MOST_PASSAGES:
        raise MalformedFileError(f"has more than {MOST_PASSAGES} passages")
    yield from outside_differences(tagged.outside, one, other)
    yield from contents_differences(one, other)
    yield from _figures(one, other)
    pairs = _pairs(one, other)
    loose = [chapter for number, chapter in one.chapters.items() if number not in pairs]
    yield from imprint_differences(loose, one, other, ChapteredText(read_passages(beside)))
    for number, met in pairs.items():
        yield from ComparedChapter(one.chapters[number], other.chapters[met], one, other).differences()
    for number, chapter in other.chapters.items():
        if number not in pairs.values():
            yield from (missing(each, chapter) for each in chapter.flow if not one.says(each.text))


def _figures(one: ChapteredText, other: ChapteredText) -> Iterator[str]:
    drawn, expected = (Counter(key_of(each.text) for each in text.of(FIGURE)) for text in (one, other))
    for each in one.of(FIGURE):
        if drawn[key_of(each.text)] > expected[key_of(each.text)]:
            yield f"page {each.page}: a figure says {quoted(each.text)}, and none on the web page does"
    for each in other.of(FIGURE):
        if expected[key_of(each.text)] > drawn[key_of(each.text)]:
            yield f"a figure of the web page says {quoted(each.text)}, and none here does"


def _pairs(one: ChapteredText, other: ChapteredText) -> dict[int, int]:
    """The chapter of the page for each chapter of the PDF. It has the same heading, or more than half in common. The
    cover has none."""
    left = dict(other.chapters)
    found: dict[int, int] = {}
    for number, chapter in one.chapters.items():
        own, heading = Counter(chapter.keys), letters_of(chapter.heading)
        shared = {
            each: (heading != "" and letters_of(page.heading) == heading, (own & Counter(page.keys)).total())
            for each, page in left.items()
        }
        best = max(shared, key=lambda each: shared[each], default=0)
        if number > COVER and shared.get(best) and (shared[best][0] or shared[best][1] * 2 > len(left[best].flow)):
            found[number] = best
            del left[best]
    return found
