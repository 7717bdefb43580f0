"""The words of what stands in the way of a publication."""

from odoo.tools.translate import LazyTranslate

from .problem_texts import register_texts

_lt = LazyTranslate(__name__)

register_texts(
    {
        "publication_not_given": _lt("Only an answer that was given is published."),
        "publication_empty": _lt("There is no text for the site."),
        "publication_private_matter": _lt(
            "Only an answer that concerns an indefinite circle of people is published."
        ),
        "publication_not_cleaned": _lt("It is not ticked that personal data were removed."),
        "publication_tells_of_applicant": _lt("The applicant is known from: «%(found)s»."),
    },
    {
        "write_publication": _lt("Write it."),
        "tick_interest": _lt("Tick it, or leave the answer to the applicant alone."),
        "tick_removed": _lt("Take names, addresses and numbers out of the text and tick it."),
        "take_out": _lt("Take it out, or write why it may stay."),
    },
)
