from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import resolutions, texts

NAME_LENGTH = 60


class HotlineResolution(models.TransientModel):
    """A template chosen while writing fills addressees, text and control date."""

    _inherit = "hotline.resolution"

    template_choice_ids = fields.Many2many(
        "hotline.resolution.template", compute="_compute_template_choice_ids"
    )
    template_id = fields.Many2one("hotline.resolution.template", ondelete="set null")
    template_name = fields.Char(string="Name of the template")
    template_topic_ids = fields.Many2many(
        "hotline.topic", "hotline_resolution_keep_topic_rel", string="For which topics"
    )

    @api.depends("ticket_id")
    def _compute_template_choice_ids(self):
        for resolution in self:
            case = resolution.ticket_id
            resolution.template_choice_ids = resolution.template_choice_ids._for_case(case)

    def _is_for_many(self):
        return "is_many" in self._fields and self.is_many

    @api.onchange("template_id")
    def _onchange_template_id(self):
        template, case = self.template_id, self.ticket_id
        if not template:
            return None
        allowed = template.partner_ids.filtered(
            lambda body: not any(one.blocks for one in case._self_no_problems(body._origin))
        )
        self.addressee_ids |= allowed
        if self._is_for_many():  # each case fills its own in
            self.text = template.text
        else:
            self.text = template._text_for(case)
            self.control_on = template._control_on(case, self.parent_id)
        return self._template_warning(template.partner_ids - allowed)

    def _template_warning(self, left_out):
        """Say whom of the template the complaint is about (59-FZ, art. 8, p. 6)."""
        if not left_out:
            return None
        names = ", ".join(left_out.mapped("name"))
        words = self.env._(
            "The complaint is about %(names)s: left out of the addressees (59-FZ, art. 8, p. 6).",
            names=names,
        )
        return {"warning": {"title": self.env._("Addressees"), "message": words}}

    def _vals_for(self, case):
        """Of many cases each has the names of the template filled in for itself."""
        vals = super()._vals_for(case)
        if self.template_id:
            vals["text"] = resolutions.fill(vals["text"] or "", case._resolution_facts())
        return vals

    def action_save_template(self):
        """Ask how the template is called and for which topics it is. Officer."""
        self.ensure_one()
        self.ticket_id._require_role("officer")
        if not (self.text or "").strip():
            raise UserError(self.env._("Write what to do, then keep it as a template."))
        partners = self.picked_ids | self.addressee_ids
        words = [", ".join(partners.mapped("name")), texts.tidy(self.text)]
        self.template_name = texts.shorten(": ".join(filter(None, words)), NAME_LENGTH)
        view = self.env.ref("gov_hotline.hotline_resolution_view_form_keep")
        return self._window(name=self.env._("Keep as a template"), views=[(view.id, "form")])

    def action_keep_template(self):
        """Keep it as an own template, say so, return to the resolution. Officer."""
        self.ensure_one()
        self.ticket_id._require_role("officer")
        self.template_id = self.template_id.create(
            {
                "name": self.template_name,
                "text": self.text,
                "partner_ids": [fields.Command.set((self.picked_ids | self.addressee_ids).ids)],
                "topic_ids": [fields.Command.set(self.template_topic_ids.ids)],
            }
        )  # fmt: skip
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("The template is kept"),
                "message": self._kept_words(),
                "next": self._window(),
            },
        }

    def _kept_words(self):
        name, topics = self.template_id.name, self.template_topic_ids.mapped("name")
        if topics:
            return self.env._(
                "«%(name)s» is offered in resolutions on: %(topics)s.",
                name=name,
                topics=", ".join(topics),
            )
        return self.env._("«%(name)s» is offered in resolutions on any topic.", name=name)

    def action_back(self):
        """Return to the resolution, nothing kept."""
        self.ensure_one()
        return self._window()
