"""What a caller may not set: shared by the models whose state changes only by their own acts."""


def without_defaults(records, names):
    """Return `records` without the `default_<name>` keys of the context, which any caller sends."""
    forbidden = {f"default_{name}" for name in names}
    context = {key: value for key, value in records.env.context.items() if key not in forbidden}
    return records.with_env(records.env(context=context))


def without_names(vals, names):
    """Return `vals` without `names`."""
    return {name: value for name, value in vals.items() if name not in names}
