"""How an edition is made, from `reporter build` to a PDF: cli/build.py, cli/build_options.py, making/due.py,
making/build_editions.py (many documents), making/document_files.py (one), editions/state.py and checked.py,
making/composed.py, report/sections/compose.py, formats/svg, formats/html, formats/pdf/write.py."""
