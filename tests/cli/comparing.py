"""A small workspace to be compared."""

OTHER = {
    "data/YY/country.yaml": "code: YY\nrapporteur: {en: R}\npublisher: {en: P}\nsource: police\n",
    "data/YY/2020.yaml": "year: 2020\nsource: police\nfigures: {persons.convicted: 4}\n",
    "data/YY/text/en/2020.md": "# general_situation\n\nNothing.\n",
}
