# ruff: noqa: F821 - "env" is given by "odoo shell", which this file is fed to, CODE by a line before
# Once per database: the PBX of "make run", its queue and the telephones of the demo's operators.
# Address, port and secrets are written at each start.
PHONES = (
    ("101", "desk", "operator"),
    ("102", "desk", "operator2"),
    ("103", "expert", "executor"),
    ("110", "browser", "operator"),
)

line = env["hotline.line"].search([], limit=1)
Queue = env["hotline.queue"]
queue = Queue.search([("code", "=", "hotline")]) or Queue.create(
    {"name": "Горячая линия", "code": "hotline", "line_id": line.id}
)
pbx = env["hotline.pbx"].create(
    {"name": "АТС этой машины", "code": CODE, "queue_ids": [(6, 0, queue.ids)]}
)
for number, kind, login in PHONES:
    user = env["res.users"].search([("login", "=", login)])
    env["hotline.pbx.extension"].create(
        {
            "pbx_id": pbx.id,
            "number": number,
            "interface": f"PJSIP/{number}",
            "kind": kind,
            "user_id": user.id,
            "name": user.name,
        }
    )
env.cr.commit()
