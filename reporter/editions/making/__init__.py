"""How an edition is made, from `reporter build` to a PDF: cli/build.py, cli/build_options.py, making/due.py,
making/batch.py (many documents), making/run.py (one), editions/state.py and checked.py, making/composed.py,
report/sections/compose.py, formats/svg, formats/html, formats/pdf/write.py."""
