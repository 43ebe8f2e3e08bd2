"""How an edition is made: composed, drawn, laid out, written."""
