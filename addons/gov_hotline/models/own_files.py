"""Whose an uploaded file is: shared by the records of a case that carry files."""


def own_files(record, files):
    """Make what was just uploaded the record's own: read by its readers, fixed and locked with it.

    A form uploads files before the record has an id; without this they stay their uploader's alone.
    A file that has an owner already is left with it.
    """
    loose = files.filtered(lambda file: not file.res_id)
    loose.write({"res_model": record._name, "res_id": record.id})
