"""Country codes, and the countries on an edition's maps. The EU uses EL and UK for GR and GB of ISO 3166-1 alpha-2."""

ISO = {"EL": "GR", "UK": "GB"}
EU = {iso: code for code, iso in ISO.items()}


def iso_of(code: str) -> str:
    """The ISO 3166-1 code for the EU's code of a country."""
    return ISO.get(code, code)


# ISO codes of countries that the map of Europe shows completely or mostly.
ON_MAP = frozenset((
    "AD", "AL", "AT", "BA", "BE", "BG", "BY", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FO", "FR",
    "GB", "GG", "GR", "HR", "HU", "IE", "IM", "IS", "IT", "JE", "LI", "LT", "LU", "LV", "MD", "ME", "MK",
    "MT", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI", "SK", "SM", "TR", "UA", "XK",
))  # fmt: skip

# They reach far beyond Europe: maps show them whole only if they report, and never all of Russia.
IN_PART, NEVER_WHOLE = frozenset(("RU", "TR")), frozenset(("RU",))
# Countries around Europe, complete in the file of its map; each is shown on maps of its own editions.
NEIGHBOURS = frozenset(("AM", "AZ", "GE", "IL", "IQ", "JO", "LB", "PS", "SY", "TN"))


def on_map_of(home: str) -> frozenset[str]:
    """The ISO codes of countries on an edition's maps: Europe, and the reporting country `home` if next to it."""
    return ON_MAP | ({iso_of(home)} & NEIGHBOURS)


def home_on_map(code: str) -> str:
    """The ISO code of a reporting country, empty if maps lack it."""
    return iso_of(code) if iso_of(code) in on_map_of(code) else ""


def whole_on_map_of(home: str) -> frozenset[str]:
    """The ISO codes of countries shown completely on a map of Europe."""
    return ON_MAP - IN_PART | ({iso_of(home)} & on_map_of(home)) - NEVER_WHOLE
