from odoo import api, fields, models, tools
from odoo.orm.registry import TriggerTree

from ..domain import lookup, similar, texts
from .helpdesk_ticket import TRACK_OF_KIND


class HotlineKnownTriggers(models.AbstractModel):
    """What depends on a set of columns is found out once a server, not at every change.

    At each creation and each write Odoo merges the dependencies of all the columns that change. A
    case has some three hundred columns: of a registration it was the dearest part.
    """

    _name = "hotline.known.triggers"
    _description = "Whose dependencies are remembered"

    def _modified(self, fields, create):
        """As Odoo's, of what is remembered; only what is stored or in the cache is looked at."""

        def select(field):
            return (field.compute and field.store) or bool(field._get_all_cache_ids(self.env))

        known = self._known_triggers(tuple(field.name for field in fields), create)
        tree = TriggerTree.merge([known], select)
        if not tree:
            return ()
        # sudo: as Odoo does, so that nothing of what depends on it is left as it was
        return self.sudo().with_context(active_test=False)._modified_triggers(tree, create)

    @api.model
    @tools.ormcache("names", "create")
    def _known_triggers(self, names, create):
        """Return the tree of all that depends on the columns `names`.

        Nothing refers to a record in its creation: those branches are left out then.
        """
        tree = self.pool.get_trigger_tree([self._fields[name] for name in names])
        if not create:
            return tree
        kept = {
            field: branch
            for field, branch in tree.items()
            if field.type not in ("many2one", "many2one_reference")
        }
        return TriggerTree(tree.root, kept)


class HelpdeskTicket(models.Model):
    """The case: its creation costs no more than it must."""

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "hotline.known.triggers"]

    @api.model
    def _summary_of(self, text, topic):
        """Return the first line of `text`, else the topic's name: what a case is called."""
        first_line = (text or "").strip().partition("\n")[0]
        name = texts.shorten(first_line, texts.SUBJECT) or topic.name
        return name or self.env._("Draft")

    @api.model
    def _add_precomputed_values(self, vals_list):
        """What follows from what is typed is written with the new case, computed here.

        Odoo would make a second case in memory for each, or compute and write each column later.
        """
        for vals in vals_list:
            if "name" not in vals:
                # sudo: a computed column reads as the system, whoever creates
                topic = self.env["hotline.topic"].sudo().browse(vals.get("topic_id"))
                vals["name"] = self._summary_of(vals.get("appeal_text"), topic)
            vals.update(self._derived_vals(vals))
        return super()._add_precomputed_values(vals_list)

    @api.model
    def _derived_vals(self, vals):
        """Return the columns that follow from `vals`, as their computations give them."""
        company = self.env["res.company"].browse(vals.get("company_id"))
        moment = fields.Datetime.to_datetime(vals.get("received_at"))
        names = (vals.get(f"applicant_{part}") for part in ("surname", "given_name", "patronymic"))
        return {
            "track": TRACK_OF_KIND.get(vals.get("kind")),
            "applicant_name": " ".join(filter(None, names)),
            "received_on": moment and company.sudo()._hotline_receipt_date(moment),  # as above
            "number_key": lookup.number_key(vals.get("number")),
            "similar_key": similar.key(vals.get("appeal_text") or ""),
        }
