"""By what a Word file is known when it comes back."""

from collections.abc import Mapping

from reporter.document.document import Edition

# The names of the properties of a file, which Word and LibreOffice keep.
COUNTRY, YEAR, LANGUAGE = "reporter-country", "reporter-year", "reporter-language"
AUDIENCE, STATE = "reporter-audience", "reporter-state"


def properties_of(edition: Edition, audience: str, checksum: str) -> Mapping[str, str]:
    """The properties of an edition's file. The `checksum` is that of the files that it is made from."""
    return {
        COUNTRY: edition.country,
        YEAR: str(edition.year),
        LANGUAGE: edition.language,
        AUDIENCE: str(audience),
        STATE: checksum,
    }
