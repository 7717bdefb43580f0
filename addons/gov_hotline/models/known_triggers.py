from odoo import api, models, tools
from odoo.orm.registry import TriggerTree


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
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "hotline.known.triggers"]
