"""What an RO-Crate says of offices and of the licence."""

from reporter.delivery.package_contents import Consignment
from reporter.i18n import RESTRICTION
from reporter.model import Audience, Contact
from reporter.sections import LICENCES
from reporter.submission import CrateLicence, CrateOffice

PUBLISHER = "publisher"


def licence_of(sent: Consignment) -> CrateLicence:
    """How the files may be used again, as `reporter.yaml` says. Files that not everybody may read have no licence."""
    settings, locale = sent.known.settings, sent.locale
    words, address = LICENCES.get(settings.licence, ("", ""))
    if sent.recipient.audience is Audience.RESTRICTED:
        return CrateLicence(locale.text("No licence: not to be passed on"), locale.text(RESTRICTION))
    if address:
        return CrateLicence(settings.licence, settings.reuse.text(locale.language) or locale.text(words), address)
    unstated = locale.text("The publisher states no licence; ask before using the files again.")
    reuse = settings.reuse.text(locale.language) or unstated
    return CrateLicence(locale.text("No licence is stated"), reuse)


def publisher_of(sent: Consignment) -> CrateOffice:
    """The authority that publishes the reports, as its country's file says. Where it has no contact of its own, it is
    reached through the rapporteur's office."""
    country = sent.known.country
    own = (each for each in country.contacts if each.code.partition("_")[0] == PUBLISHER)
    return _office(country.publisher.text(sent.locale.language), next(own, country.main_contact))


def author_of(sent: Consignment) -> CrateOffice:
    country, language = sent.known.country, sent.locale.language
    name = country.rapporteur.text(language) or country.publisher.text(language)
    return _office(name, country.main_contact)


def _office(name: str, contact: Contact | None) -> CrateOffice:
    if contact is None:
        return CrateOffice(name)
    return CrateOffice(name, website=contact.website, email=contact.email, telephone=contact.telephone)
