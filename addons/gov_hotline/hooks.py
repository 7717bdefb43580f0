from .models import lock_sql


def uninstall_hook(env):
    """Take the lock off the tables that stay."""
    for statement in lock_sql.removal():
        env.cr.execute(statement)
