"""Country codes, and the countries that the maps of an edition show. The EU writes two codes otherwise than ISO 3166-1
alpha-2: EL for GR, and UK for GB."""

ISO = {"EL": "GR", "UK": "GB"}
EU = {iso: code for code, iso in ISO.items()}


def iso_of(code: str) -> str:
    """Return the ISO 3166-1 code for the EU's code of a country."""
    return ISO.get(code, code)


# By ISO code: those that the map of Europe shows whole or for the most part. What it only cuts into lies outside.
ON_MAP = frozenset((
    "AD", "AL", "AT", "BA", "BE", "BG", "BY", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FO", "FR",
    "GB", "GG", "GR", "HR", "HU", "IE", "IM", "IS", "IT", "JE", "LI", "LT", "LU", "LV", "MD", "ME", "MK",
    "MT", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI", "SK", "SM", "TR", "UA", "XK",
))  # fmt: skip

# They reach far out of Europe: maps show them whole only where they report, and never all of Russia.
IN_PART, NEVER_WHOLE = frozenset(("RU", "TR")), frozenset(("RU",))
# Around Europe, and whole in the file of its map. Each is on the maps of its own editions.
NEIGHBOURS = frozenset(("AM", "AZ", "GE", "IL", "IQ", "JO", "LB", "PS", "SY", "TN"))


def on_map_of(home: str) -> frozenset[str]:
    """The ISO codes of countries that maps of an edition show. Europe, and the reporting country `home` where it lies
    beside it."""
    return ON_MAP | ({iso_of(home)} & NEIGHBOURS)


def home_on_map(code: str) -> str:
    """The ISO code of a reporting country, empty when maps lack it."""
    return iso_of(code) if iso_of(code) in on_map_of(code) else ""


def whole_on_map_of(home: str) -> frozenset[str]:
    """The ISO codes of countries that a map of Europe shows whole."""
    return ON_MAP - IN_PART | ({iso_of(home)} & on_map_of(home)) - NEVER_WHOLE
