"""Terms get a purpose and a basis: those counted already must keep counting the same."""


def migrate(cr, version):
    """Add the columns before the ORM does, so that its defaults do not hide what is known."""
    cr.execute("ALTER TABLE hotline_term ADD COLUMN IF NOT EXISTS purpose varchar")
    cr.execute("ALTER TABLE hotline_term ADD COLUMN IF NOT EXISTS basis varchar")
    cr.execute(
        """
        UPDATE hotline_term
           SET purpose = CASE WHEN is_main THEN 'answer'
                              WHEN trigger = 'received' THEN 'register'
                              ELSE 'other' END,
               basis = CASE WHEN code IN ('REG-3', 'MAIN-30', 'REQ-8FZ') THEN 'law'
                            ELSE 'local' END
         WHERE purpose IS NULL
        """
    )
