"""Forms of records, which are mappings at a path of a file. A page says where a record lies, `RecordPlace`, and what is
known around it, `FormGround`. `record_form` makes the form, which the macro `record` of
`templates/desk/record_form.html` draws between `<form>` tags of the page's own; it needs `forms.css`. These tags have
`data-asks`: what others write meanwhile must not come into a form unseen.

What is posted goes to `write_record`, which writes the fewest amendments through `amending.write` and gives back what
came of it: `form` with what was typed and words at the fields where something is wrong, else `outcome` of the writing,
whose conflict `conflict_of` tells. `remove_record` takes a record out, `slice_text` is what would go.

    place = RecordPlace("reporter.yaml", ("recipients", "commission"), RecipientShape, order=entry_keys(WorkspaceShape))
    ground = FormGround(locale, languages, known=lambda record, key: ...)
    form = record_form(place, ground, reading.sources)                  # GET
    done = write_record(page.desk, person, place, ground, posted)       # POST; done.form is None once it is written

The titles of keys are in `field_words.py`, the help comes from the records; both go through the catalogue of messages.
A field whose values are codes becomes a choice when `known` names these. Entries within a record, such as the roles of
an institution, are records with a place of their own: `FormField.holds_entries` says that a key holds such."""
