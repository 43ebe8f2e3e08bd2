"""The workbench in the browser: a folder for each topic."""
