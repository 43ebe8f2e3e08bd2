"""What a page tells where it is shared, and before its contents."""

from reporter.document.document import Document, Figure, Table, Text
from reporter.languages.sentences import sentence_breaks
from reporter.model import EditionStatus
from reporter.render.arrange import split_lead
from reporter.render.html import Words

# So much of it those show who share a page; what is longer is cut somewhere.
MOST = 300


def description_of(document: Document, words: Words) -> str:
    """What the page says in a few sentences, values and all. It is the headline and the lead of the first chapter. Of
    what is not for everybody, or not published, nothing is told but what it is."""
    edition = document.edition
    what = words("{title}: {country}, {about}", title=edition.title, country=edition.country_name, about=edition.about)
    if edition.restricted or edition.unpublished or edition.status is EditionStatus.DRAFT or not document.sections:
        return what
    first = document.sections[0]
    line = first.headline
    lead, _ = split_lead(first)
    said = []
    if line is not None and not line.language:
        headline = _plain(line)
        said.append(headline if headline.endswith((".", "!", "?", "…")) else f"{headline}.")
    if lead and not lead.language and (begun := _plain(lead)):
        said.append(begun)
    return _shortened(" ".join((f"{what}.", *said))) if said else what


def before_contents(document: Document) -> int:
    """How many chapters stand before the contents. It is the first where it has no number and shows figures: on a small
    screen nobody should have to go past the contents to the figures of the year."""
    first = document.sections[0] if document.sections else None
    if first is None or first.number or first.front:
        return 0
    return int(any(isinstance(block, (Figure, Table)) for block in first.blocks))


def _plain(text: Text) -> str:
    return " ".join(text.words.split())


def _shortened(text: str) -> str:
    if len(text) <= MOST:
        return text
    ends = [end for end, _ in sentence_breaks(text)]
    return text[: max((end for end in ends if end <= MOST), default=ends[0] if ends else MOST)].strip()
