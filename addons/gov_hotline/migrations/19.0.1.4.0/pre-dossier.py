"""The dossier took the place of the lists on a citizen's card: what extended them goes first."""

GONE = ("res_partner_view_form_links", "res_partner_view_form_stopped")


def migrate(cr, version):
    """Delete the views that look for the lists, with their external ids."""
    cr.execute(
        "DELETE FROM ir_model_data WHERE module = 'gov_hotline' AND name IN %s"
        " AND model = 'ir.ui.view' RETURNING res_id",
        (GONE,),
    )
    ids = tuple(row[0] for row in cr.fetchall())
    if ids:
        cr.execute("DELETE FROM ir_ui_view WHERE id IN %s", (ids,))
