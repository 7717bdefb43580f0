"""The words of what was wrong with a letter and what was done about it: the codes of domain/."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

FAULTS = {
    "date": _lt("The date of the letter cannot be read («%(said)s»): the day of receipt counts."),
    "charset": _lt(
        "The letter names the wrong encoding (%(claimed)s): the text was read as %(real)s."
    ),
    "broken_parts": _lt(
        "The letter is damaged or cut off: what could be read is here, some of it may be missing."
    ),
    "broken_base64": _lt("«%(name)s» came damaged: what could be read of it was taken."),
    "too_deep": _lt("Letters within letters too deep: the innermost were not read."),
    "too_many_files": _lt(
        "The letter has %(count)s files: the first %(limit)s were taken, the rest was not."
    ),
    "long_body": _lt("The text is too long: its first %(limit)s characters are here."),
    "nested": _lt(
        "A letter from %(sender)s is enclosed («%(subject)s»): its text and files stand here too."
    ),
    "winmail": _lt("Outlook sent its files packed in «%(name)s»: unpacked: %(files)s."),
    "broken_winmail": _lt("«%(name)s», in which Outlook packs files, is damaged."),
    "head_only": _lt(
        "The letter is %(size)s MB, more than is taken: only its head was fetched. Its text and "
        "files are in the mailbox."
    ),
    "unreadable": _lt("The letter could not be read as a letter: only its head was taken."),
    "file_empty": _lt("The file «%(name)s» is empty: ask for it again."),
    "file_protected": _lt("Protected by a password: «%(name)s». Ask the sender for the password."),
    "file_type": _lt("«%(name)s» was not taken: the body does not take such files."),
    "file_size": _lt("«%(name)s» was not taken: it is larger than %(limit)s MB."),
    "file_content": _lt(
        "«%(name)s» was not taken: it is an archive, a programme or a page, or not what its name "
        "says."
    ),
    "kept": _lt("What was not taken is in the letter as it came."),
}


def fault_words(env, code, params=None):
    """Return the words of a fault in the language of `env`."""
    words = env._(FAULTS[code])
    return words % dict(params or {})
