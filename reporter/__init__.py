"""Makes, compares and distributes the annual country profile of a National Rapporteur."""

__version__ = "0.1.0"
