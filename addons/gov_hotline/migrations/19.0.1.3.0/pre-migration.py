"""«Texts of notices» become «Letter templates»: the same rows, the placeholders by new names."""

from odoo.tools import SQL

from odoo.addons.gov_hotline.domain.placeholders import FORMER

OLD, NEW = "hotline_notice_template", "hotline_letter_template"
# (table, column) where the model is called by its name.
NAMED = (
    ("ir_model", "model"),
    ("ir_model_fields", "model"),
    ("ir_model_fields", "relation"),
    ("ir_ui_view", "model"),
    ("ir_act_window", "res_model"),
    ("ir_filters", "model_id"),
    ("ir_attachment", "res_model"),
    ("ir_model_data", "model"),
)


def migrate(cr, version):
    """Rename table, model and its external ids; put the names of the catalogue into the texts."""
    cr.execute("SELECT to_regclass(%s), to_regclass(%s)", (OLD, NEW))
    old, new = cr.fetchone()
    if old and not new:
        _rename(cr)
        _convert_texts(cr)


def _rename(cr):
    old, new = SQL.identifier(OLD), SQL.identifier(NEW)
    cr.execute(SQL("ALTER TABLE %s RENAME TO %s", old, new))
    for name in _indexes(cr):
        renamed = SQL.identifier(name.replace(OLD, NEW))
        cr.execute(SQL("ALTER INDEX %s RENAME TO %s", SQL.identifier(name), renamed))
    sequences = [SQL.identifier(f"{name}_id_seq") for name in (OLD, NEW)]
    cr.execute(SQL("ALTER SEQUENCE IF EXISTS %s RENAME TO %s", *sequences))
    models = (NEW.replace("_", "."), OLD.replace("_", "."))
    for named in NAMED:
        table, column = map(SQL.identifier, named)
        cr.execute(
            SQL("UPDATE %s SET %s = %s WHERE %s = %s", table, column, models[0], column, models[1])
        )
    cr.execute(
        "UPDATE ir_model_data SET name = replace(name, %s, %s)"
        " WHERE module = 'gov_hotline' AND strpos(name, %s) > 0",
        (OLD, NEW, OLD),
    )


def _indexes(cr):
    cr.execute(
        "SELECT indexname FROM pg_indexes WHERE tablename = %s AND strpos(indexname, %s) > 0",
        (NEW, OLD),
    )
    return [name for (name,) in cr.fetchall()]


def _convert_texts(cr):
    for former, name in FORMER.items():
        cr.execute(
            SQL(
                "UPDATE %s SET text = replace(text, %s, %s)",
                SQL.identifier(NEW), f"{{{former}}}", f"{{{name}}}",
            )
        )  # fmt: skip
