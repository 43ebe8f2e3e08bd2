"""Rates per inhabitant, where the number of inhabitants of all is known."""

from tests.comparison.sides import MANY, block, countries


def test_figures_of_countries_stand_per_100_000_inhabitants_where_their_number_is_known(tmp_path):
    table = block(countries(tmp_path, ", population.inhabitants: 2400000"), "per_inhabitants")
    told = {row.label: [cell.text for cell in row.cells] for row in table.rows}
    assert {"Inhabitants": ["1,200,000", "2,400,000"], "Persons convicted": ["0.50", "0.17"]} == told


def test_there_is_no_rate_of_a_figure_in_doubt(tmp_path):
    doubt = "accepted: [{rule: jump, figure: persons.convicted, comparable: false, reason: {en: As printed.}}]\n"
    changed = {"data/YY/2020.yaml": f"year: 2020\nsource: police\nfigures: {{persons.convicted: 4, {MANY}}}\n{doubt}"}
    table = block(countries(tmp_path, "", changed=changed), "per_inhabitants")
    assert ["0.50", ":"] == [cell.text for cell in table.rows[1].cells]


def test_there_are_no_rates_when_the_inhabitants_of_one_country_are_unknown(tmp_path):
    for number, people in enumerate(("", ", population.inhabitants: about 2400000", ", population.inhabitants: 0")):
        codes = [table.code for table in countries(tmp_path / str(number), people).tables()]
        assert "every_change" in codes
        assert "per_inhabitants" not in codes
