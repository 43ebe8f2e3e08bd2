"""Which editions are due, and each from files to a finished PDF. Nothing is imported here: planning stays light."""
