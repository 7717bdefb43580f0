"""Two entries of calls are told apart: an update leaves the Russian words of a menu alone."""

WORDS = {
    ("gov_hotline_reports", "menu_report_calls"): "Звонки",
    ("gov_hotline_telephony", "menu_report_calls"): "Звонки по часам и операторам",
}


def migrate(cr, version):
    if not version:
        return
    for (module, name), words in WORDS.items():
        cr.execute(
            """UPDATE ir_ui_menu m
                  SET name = m.name || jsonb_build_object('ru_RU', %s::text)
                 FROM ir_model_data d
                WHERE d.module = %s AND d.name = %s AND d.model = 'ir.ui.menu'
                  AND d.res_id = m.id AND m.name->>'ru_RU' IS NOT NULL""",
            (words, module, name),
        )
