"""What makers of files get: a document with all it needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reporter.context import Context
from reporter.document.document import Attachment, Document
from reporter.errors import Finding
from reporter.files.processes import Pool
from reporter.i18n import Locale
from reporter.produce.order import MadeFile
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme


@dataclass(frozen=True, slots=True)
class ForWord:
    """A document for Word, which says where its values stand. `pictures` are its drawings as PNG, by their names, and
    `checksum` is that of the files that it is made from."""

    document: Document
    pictures: Mapping[str, bytes]
    checksum: str


@dataclass(frozen=True, slots=True)
class Material:
    """A document ready to become a file. Its charts are drawn: `images` for paper, `shown` for screens, each for the
    formats that are made; `word` is the document as Word needs it, if that is asked for. Theme, locale and templates
    give it a look, and attachments are its files of data. Context and findings are what the document was written from.
    `helpers` lay out its pages with this process, and keep them in the folder `cache`, if there is one."""

    context: Context
    findings: tuple[Finding, ...]
    document: Document
    images: Mapping[str, bytes]
    shown: Mapping[str, bytes]
    theme: Theme
    locale: Locale
    templates: Templates
    word: ForWord | None = None
    attachments: tuple[Attachment, ...] = ()
    cache: Path | None = None
    helpers: Pool | None = None


MakeFile = Callable[[Material], MadeFile]
# Makes the pages of the part of a document that holds a place.
MakePart = Callable[[Material, str], bytes]
