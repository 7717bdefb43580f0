from .models import addition_sql, lock_sql


def uninstall_hook(env):
    """Take the lock off the tables that stay."""
    for statement in (*lock_sql.removal(), *addition_sql.removal()):
        env.cr.execute(statement)
