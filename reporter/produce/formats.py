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
class Material:
    """A document ready to become a file. Its charts are drawn: `images` for paper, `shown` for screens, `pictures` for
    Word, each for the formats that are made. Theme, locale and templates give it a look, and attachments are its files
    of data. Context and findings are what the document was written from, `checksum` is that of its files. `helpers` lay
    out its pages with this process, and keep them in the folder `cache`, if there is one."""

    context: Context
    findings: tuple[Finding, ...]
    document: Document
    images: Mapping[str, bytes]
    shown: Mapping[str, bytes]
    pictures: Mapping[str, bytes]
    checksum: str
    theme: Theme
    locale: Locale
    templates: Templates
    attachments: tuple[Attachment, ...] = ()
    cache: Path | None = None
    helpers: Pool | None = None


MakeFile = Callable[[Material], MadeFile]
# Makes the pages of the part of a document that holds a place.
MakePart = Callable[[Material, str], bytes]
