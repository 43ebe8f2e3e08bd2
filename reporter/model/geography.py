"""Country codes: the EU writes two of them otherwise than ISO 3166."""

ISO = {"EL": "GR", "UK": "GB"}
EU = {iso: code for code, iso in ISO.items()}


def iso_of(code: str) -> str:
    """The ISO 3166 code of a country, from the one the EU writes."""
    return ISO.get(code, code)
