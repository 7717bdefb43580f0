"""The old part of an agency's form shows fields that are no more: the whole form would be refused.

It is made anew from its file a moment later.
"""


def migrate(cr, version):
    """Remove the view; nothing inherits from it."""
    cr.execute(
        """WITH old AS (DELETE FROM ir_model_data
                         WHERE module = 'gov_hotline' AND model = 'ir.ui.view'
                           AND name = 'res_partner_view_form_agency' RETURNING res_id)
           DELETE FROM ir_ui_view WHERE id IN (SELECT res_id FROM old)"""
    )
