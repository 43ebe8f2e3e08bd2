"""Country codes: the EU writes two of them otherwise than ISO 3166. And which countries the map of Europe shows."""

ISO = {"EL": "GR", "UK": "GB"}
EU = {iso: code for code, iso in ISO.items()}


def iso_of(code: str) -> str:
    """The ISO 3166 code of a country, from the one the EU writes."""
    return ISO.get(code, code)


# By ISO code: those that the map of Europe shows whole or for the most part. What it only cuts into lies outside.
ON_MAP = frozenset((
    "AD", "AL", "AT", "BA", "BE", "BG", "BY", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FO", "FR",
    "GB", "GG", "GR", "HR", "HU", "IE", "IM", "IS", "IT", "JE", "LI", "LT", "LU", "LV", "MD", "ME", "MK",
    "MT", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI", "SK", "SM", "TR", "UA", "XK",
))  # fmt: skip
