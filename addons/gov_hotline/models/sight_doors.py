"""The doors through which people see a card: reading, grouping, exporting, printing."""

from odoo import models

# What a form shows and no list: whoever reads one of these has opened the card.
CASE = frozenset(
    {
        "appeal_text", "description", "applicant_address", "applicant_phone", "applicant_email",
        "partner_email", "access_code",
    }
)  # fmt: skip
CITIZEN = frozenset(
    {
        "surname", "given_name", "patronymic", "hotline_ticket_ids", "hotline_call_ids",
        "hotline_phone_ids",
    }
)  # fmt: skip
ACCOUNT = frozenset({"holder_id", "opened_on", "closed_on", "meter_ids", "reading_ids"})
EXTERNAL = frozenset({"applicant_address", "address_part", "as_of_words", "file_ids"})
SAYS_NOTHING = frozenset({"id", ".id", "display_name"})


class SightDoors(models.AbstractModel):
    """What is read card by card asks for a cursor that writes; lists stay on a replica."""

    _name = "hotline.sight.doors"
    _description = "Readings that leave a line"

    def read(self, fields=None, load="_classic_read"):
        return super().read(fields, load=load)

    def web_read(self, specification):
        return super().web_read(specification)

    read._readonly = web_read._readonly = False


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "hotline.sight.doors"]

    def _read_format(self, fnames, load="_classic_read"):
        if not self.env.su and not CASE.isdisjoint(fnames):
            self.env["hotline.sight"]._note(self, "opened")
        return super()._read_format(fnames, load=load)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._note_group(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        self._note_group(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    def _note_group(self, spec):
        """A list grouped by the texts or addresses shows them without opening a case."""
        if not self.env.su and spec.partition(":")[0] in CASE:
            self.env["hotline.sight"]._note_list(self._name)

    def action_who_looked(self):
        """Open the list of who saw this case."""
        return self.env["hotline.sight"]._action_of(self)


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "hotline.sight.doors"]

    def _read_format(self, fnames, load="_classic_read"):
        if not self.env.su and not CITIZEN.isdisjoint(fnames):
            self.env["hotline.sight"]._note(self, "opened")
        return super()._read_format(fnames, load=load)

    def action_who_looked(self):
        """Open the list of who saw this citizen's card."""
        return self.env["hotline.sight"]._action_of(self)


class HotlineAccount(models.Model):
    _name = "hotline.account"
    _inherit = ["hotline.account", "hotline.sight.doors"]

    def _read_format(self, fnames, load="_classic_read"):
        if not self.env.su and not ACCOUNT.isdisjoint(fnames):
            self._note_look("opened")
        return super()._read_format(fnames, load=load)

    def _note_look(self, kind):
        """Note a look at the card of the holder; where there is none, at the account."""
        known = self.sudo()  # sudo: whose, only
        self.env["hotline.sight"]._note(known.holder_id.sudo(False), kind)
        without = known.filtered(lambda one: not one.holder_id).sudo(False)
        self.env["hotline.sight"]._note(without, kind)


class HotlineExternalCase(models.Model):
    _name = "hotline.external.case"
    _inherit = ["hotline.external.case", "hotline.sight.doors"]

    def _read_format(self, fnames, load="_classic_read"):
        if not self.env.su and not EXTERNAL.isdisjoint(fnames):
            self.env["hotline.sight"]._note(self, "opened")
        return super()._read_format(fnames, load=load)

    def action_who_looked(self):
        """Open the list of who saw this appeal."""
        return self.env["hotline.sight"]._action_of(self)


class Base(models.AbstractModel):
    _inherit = "base"

    def export_data(self, fields_to_export):
        exported = super().export_data(fields_to_export)
        self._note_export(fields_to_export)
        return exported

    def _note_export(self, paths):
        """Note every case and citizen whose data the file has, also by a path from elsewhere."""
        split = [list(filter(None, path.replace(".id", "/.id").split("/"))) for path in paths]
        roads = {tuple(names[:-1]) for names in split if names and names[-1] not in SAYS_NOTHING}
        for road in roads:
            records = self
            for name in road:
                records = records[name]
            self.env["hotline.sight"]._note(records._seen_as(), "exported")

    def _seen_as(self):
        """Return the cards whose look it is when these records are carried off."""
        return self


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        self._note_sight(report_ref, res_ids)
        return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    def _render_qweb_html(self, report_ref, docids, data=None):
        self._note_sight(report_ref, docids)
        return super()._render_qweb_html(report_ref, docids, data=data)

    def _note_sight(self, report_ref, res_ids):
        """Note the print of a card, or of a paper of a case; the system prints for nobody."""
        model = self._get_report(report_ref).model
        if self.env.su or not res_ids or model not in self.env:
            return
        records = self.env[model].browse([res_ids] if isinstance(res_ids, int) else res_ids)
        if "ticket_id" in records._fields and records._fields["ticket_id"].type == "many2one":
            records = records.sudo().ticket_id.sudo(False)  # sudo: ids only, the print checks
        self.env["hotline.sight"]._note(records, "printed")
