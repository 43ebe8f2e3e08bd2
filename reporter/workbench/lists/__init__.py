"""Forms of records, which are mappings at a path of a file. A page says where a record lies, `RecordPlace`, and what is
known around it, `FormGround`. `record_form` makes the form, which the macro `record` of
`templates/workbench/lists/record_form.html` draws between `<form>` tags of the page's own with `data-asks`: what others
write meanwhile must not come into a form unseen. What is posted goes to `write_record`, which writes the fewest
amendments and gives the form again where something in it is wrong, with words at its fields. `remove_record` takes a
record out.

The titles of keys are in `form_inputs.py`, the help comes from the records; both go through the catalogue of messages.
A field whose values are codes becomes a choice when `known` names these. Entries within a record, such as the roles of
an institution, are records with a place of their own."""
