from .models import case_facts_sql


def uninstall_hook(env):
    """Take away what notes changes of appeals: their tables stay."""
    for statement in case_facts_sql.removal():
        env.cr.execute(statement)
