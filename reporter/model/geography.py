"""Country codes, and the countries that the map of Europe shows.

The EU writes two codes otherwise than ISO 3166-1 alpha-2: EL for GR, and UK for GB.
"""

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
