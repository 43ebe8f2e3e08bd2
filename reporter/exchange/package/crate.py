"""Describe a package for machines, as RO-Crate 1.1. The same files give the same bytes."""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from reporter.data.files.as_json import as_json
from reporter.data.i18n import NN_, RESTRICTION, Locale
from reporter.data.records import Audience, Contact
from reporter.exchange.package.package_contents import Consignment, Enclosed, media_type
from reporter.figures.analysis.small_counts import Grant, grants
from reporter.formats.bagit import BagInfo
from reporter.report.sections import LICENCES

NAME = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
SPECIFICATION = "https://w3id.org/ro/crate/1.1"
# Not in the context of RO-Crate 1.1; defined like this in that of 1.3.
FURTHER_TERMS = {"sha256": "http://schema.org/sha256"}
SENDER, AUTHOR, LICENCE, PRINCIPLE = "#publisher", "#author", "#licence", "#principle-"
PUBLISHER = "publisher"
LET_OUT = NN_(
    "The package contains {n} small count. Reason for publication: {reason}",
    "The package contains {n} small counts. Reason for publication: {reason}",
)

Node = dict[str, object]


def crate_text(sent: Consignment, files: Mapping[str, Enclosed], info: BagInfo) -> bytes:
    """The content of `ro-crate-metadata.json` in UTF-8, which lists the files next to it in order of path."""
    licence = _licence(sent)
    principles = [_principle(f"{PRINCIPLE}{n}", grant, sent.locale) for n, grant in enumerate(grants(sent.vintage), 1)]
    root: Node = {
        "@id": "./",
        "@type": "Dataset",
        "name": sent.name,
        "description": info.description,
        "datePublished": info.date.isoformat(),
        "license": {"@id": licence["@id"]},
        "publisher": {"@id": SENDER},
        "author": {"@id": AUTHOR},
        "identifier": sent.stem,
        "inLanguage": sorted(sent.extracts),
        "conditionsOfAccess": sent.locale.text(RESTRICTION) if _is_restricted(sent) else "",
        "publishingPrinciples": [{"@id": principle["@id"]} for principle in principles],
        "hasPart": [{"@id": quote(path)} for path in sorted(files)],
    }
    parts = [_file(path, files[path]) for path in sorted(files)]
    descriptor: Node = {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": SPECIFICATION},
        "about": {"@id": "./"},
    }
    graph = [_given(node) for node in (descriptor, root, licence, *_offices(sent), *principles, *parts)]
    return f"{as_json({'@context': [CONTEXT, FURTHER_TERMS], '@graph': graph})}\n".encode()


def permission_text(grant: Grant, locale: Locale) -> str:
    return locale.count(*LET_OUT, len(grant.counts), reason=grant.permission.reason.text(locale.language))


def _is_restricted(sent: Consignment) -> bool:
    return sent.recipient.audience is Audience.RESTRICTED


def _licence(sent: Consignment) -> Node:
    """The licence stated in `reporter.yaml`; none for files that are not public."""
    settings, locale = sent.vintage.settings, sent.locale
    words, address = LICENCES.get(settings.licence, ("", ""))
    unstated = locale.text("The publisher states no licence; ask before using the files again.")
    name, reuse = locale.text("No licence is stated"), settings.reuse.text(locale.language) or unstated
    if _is_restricted(sent):
        name, reuse, address = locale.text("No licence: not to be passed on"), locale.text(RESTRICTION), ""
    elif address:
        name, reuse = settings.licence, settings.reuse.text(locale.language) or locale.text(words)
    return {"@id": address or LICENCE, "@type": "CreativeWork", "name": name, "description": reuse, "url": address}


def _offices(sent: Consignment) -> Iterator[Node]:
    """The publishing authority and its rapporteur, whose office stands in for an authority without contact details."""
    country, language = sent.vintage.country, sent.locale.language
    own = (contact for contact in country.contacts if contact.code.partition("_")[0] == PUBLISHER)
    publisher = country.publisher.text(language)
    yield from _office(SENDER, publisher, next(own, country.main_contact), {})
    name = country.rapporteur.text(language) or publisher
    yield from _office(AUTHOR, name, country.main_contact, {"parentOrganization": {"@id": SENDER}})


def _office(place: str, name: str, contact: Contact | None, further: Node) -> Iterator[Node]:
    reached, website = f"{place}-contact", contact.website if contact else ""
    ways = _given({"email": contact.email, "telephone": contact.telephone}) if contact else {}
    point = {"@id": reached} if ways else ""
    yield {"@id": place, "@type": "Organization", "name": name, "url": website, "contactPoint": point, **further}
    if ways:
        yield {"@id": reached, "@type": "ContactPoint", "name": name, **ways}


def _principle(place: str, grant: Grant, locale: Locale) -> Node:
    """The reason why small counts were published, and the counts."""
    permission = grant.permission
    return {
        "@id": place,
        "@type": "CreativeWork",
        "name": permission_text(grant, locale),
        "text": permission.reason.text(locale.language),
        "spatialCoverage": permission.country,
        "temporalCoverage": permission.years,
        "keywords": [f"{count.name} {count.year}" for count in grant.counts],
    }


def _file(path: str, enclosure: Enclosed) -> Node:
    return {
        "@id": quote(path),
        "@type": "File",
        "name": enclosure.title,
        "encodingFormat": media_type(path),
        "contentSize": str(enclosure.content.size),
        "sha256": enclosure.content.sha256,
        "inLanguage": enclosure.language,
        "conformsTo": [{"@id": standard} for standard in enclosure.conforms_to],
    }


def _given(node: Node) -> Node:
    """The entity's known properties; a single value is not a list, as RO-Crate recommends."""
    fields = {key: value for key, value in node.items() if value not in ("", [])}
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in fields.items()}
