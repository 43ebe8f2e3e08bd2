"""Check that a finished PDF meets its standards. Only `vera` and what imports it use Java, by the extra `verify`."""
