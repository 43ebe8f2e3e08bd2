"""Forms of records, which are mappings at a path of a file. A page gives the place of a record, `RecordPlace`, and its
context, `FormGround`. `record_form` makes the form, which the macro `record` of
`templates/workbench/lists/record_form.html` draws between the page's own `<form>` tags with `data-asks`: others' edits
must not enter a form unseen. The posted form goes to `write_record`, which writes the fewest amendments, or returns the
form with errors at its fields. `remove_record` removes a record.

Titles of keys are in `form_inputs.py`, the help comes from the records; both are translated. A field of codes becomes a
choice when `fixed` lists them. Entries within a record, such as an institution's roles, are records of their own."""
