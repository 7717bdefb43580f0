from .models import addition_sql, lock_sql, post_event_sql, search_sql


def uninstall_hook(env):
    """Take the lock off the tables that stay."""
    removals = (lock_sql, addition_sql, post_event_sql, search_sql)
    for statement in (one for part in removals for one in part.removal()):
        env.cr.execute(statement)
