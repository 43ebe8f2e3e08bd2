"""Names of outgoing files: safe on every system, valid for EDAMIS."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from reporter.data.errors import ReporterError

DRIVE = re.compile(r"[A-Za-z]:")
# Windows forbids all but the last; a manifest would have to encode that one (RFC 8493 2.1.3).
FORBIDDEN = frozenset('<>:"|?*%')
# The names of devices on Windows.
RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))
LONGEST = 200

DOMAIN = re.compile(r"[A-Z0-9]{1,8}")
STRUCTURE = re.compile(r"[A-Z0-9]{1,7}")
SENDER = re.compile(r"[A-Z]{2}")
OPTION = re.compile(r"[A-Z0-9]{1,220}")
FORMAT = re.compile(r"[A-Za-z0-9]{1,20}")
YEARS = range(1900, 2100)
ANNUAL, WHOLE_YEAR = "A", "0000"
# Eurostat's exceptions from ISO 3166-1.
EXCEPTIONS = {"GR": "EL", "GB": "UK"}


def package_name(edition: str, recipient: str) -> str:
    """Name the package of an edition for a recipient. The edition is named as its files begin: LT-2020,
    LT-2020-restricted."""
    return f"{edition}-{recipient}.zip"


def signed_name(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-signed{dot}{ending}"


def flaw_of(name: str) -> str:
    """Say why a path is unsafe to unpack; empty when safe."""
    parts = name.split("/")
    rules = (
        ("\\" in name, "has a backslash"),
        (bool(DRIVE.match(name)), "names a drive"),
        (name.startswith("/"), "is an absolute path"),
        (".." in parts, "leads out of the package by '..'"),
        ("" in parts or "." in parts, "has an empty step"),
        (any(not each.isprintable() or each in FORBIDDEN for each in name), "has a character that no system agrees on"),
        (name != unicodedata.normalize("NFC", name), "is not in the composed form of Unicode"),
        (any(each != each.strip(" .") for each in parts), "begins or ends a step with a dot or blank"),
        (any(each.split(".")[0].casefold() in RESERVED for each in parts), "is a device on Windows"),
        (len(name.encode()) > LONGEST, f"is longer than {LONGEST} bytes"),
    )
    return next((message for broken, message in rules if broken), "")


def colliding_names(names: Iterable[str]) -> Iterator[str]:
    """Find names that some systems cannot tell from another one. Systems may ignore case, and forms of Unicode."""
    known = list(names)
    counts = Counter(map(_folded, known))
    return (each for each in dict.fromkeys(known) if counts[_folded(each)] > 1)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def edamis_name(domain: str, structure: str, country: str, year: int, form: str, *, option: str = "") -> str:
    """Name a file of annual data for Eurostat's portal EDAMIS.
    DOMAIN_STRUCTURE_PERIODICITY_FROM_YEAR_PERIOD[_OPTION].FORMAT, as its naming convention of data sets says; the field
    TO is Eurostat's own, and the portal ignores OPTION. Data of several years carry the last one. Raises ReporterError
    when a part does not fit."""
    sender = EXCEPTIONS.get(country, country)
    given = (
        (DOMAIN, domain, "the domain is 1 to 8 capital letters or digits"),
        (STRUCTURE, structure, "the structure is 1 to 7 capital letters or digits"),
        (SENDER, sender, "the country is two capital letters"),
        (FORMAT, form, "the format is letters or digits"),
        (OPTION, option or "0", "the option is capital letters or digits"),
    )
    for pattern, value, rule in given:
        if not pattern.fullmatch(value):
            raise ReporterError(f"{value!r} cannot stand in the name of an EDAMIS file", hint=rule)
    if year not in YEARS:
        raise ReporterError(f"{year} cannot stand in the name of an EDAMIS file", hint="the year has four digits")
    parts = (domain, structure, ANNUAL, sender, str(year), WHOLE_YEAR, *([option] if option else []))
    return f"{'_'.join(parts)}.{form.upper()}"
