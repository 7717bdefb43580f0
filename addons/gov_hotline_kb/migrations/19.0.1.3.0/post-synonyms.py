"""Words that callers use come to the shipped groups which a body has left as they were."""

from odoo import SUPERUSER_ID, api

from odoo.addons.gov_hotline_kb.domain import questions

MORE = {
    "квитанция, платёжка, жировка, платёжный документ": "квиток, квитки",
    "ребёнок, дети, малыш, сын, дочь, дочка, сынок": (
        "новорождённый, младенец, младенца, грудничок, грудничка"
    ),
}


def migrate(cr, version):
    Synonym = api.Environment(cr, SUPERUSER_ID, {})["hotline.kb.synonym"]
    known = Synonym.search([])
    taken = {word for group in known for word in questions.listed(group.words)}
    for group in known:
        more = MORE.get(group.words, "")
        if more and not taken & set(questions.listed(more)):
            group.words = f"{group.words}, {more}"
    Synonym._load_shipped()
