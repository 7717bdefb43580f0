"""People, telephones and citizens of a hotline with a PBX; runs in Odoo's shell: ``env`` is there.

``OPTIONS``: {"host": …, "port": …, "secret": …} of the PBX, "ws" and "sip" (the password) of the
telephone in the browser.
"""

from odoo.tests import new_test_user

ROLES = {
    "maria": "operator", "pavel": "operator", "expert": "officer", "olga": "operator,supervisor",
}  # fmt: skip
PHONES = (
    ("101", "desk", "maria"),
    ("102", "desk", "pavel"),
    ("103", "expert", "expert"),
    ("110", "browser", "olga"),
)
CITIZENS = (
    ("Иванова", "Мария", "+79135550101"),
    ("Петров", "Иван", "+79135550202"),
    ("Петрова", "Анна", "+79135550202"),
)

people = {
    login: new_test_user(
        env,  # noqa: F821
        login=login,
        groups=",".join(f"gov_hotline.group_{role}" for role in roles.split(",")),
        lang="ru_RU",
        password=f"{login}-password",
        context={"no_reset_password": True},
    )
    for login, roles in ROLES.items()
}
line = env["hotline.line"].create(  # noqa: F821
    {"name": "Телефон доверия", "mode": "message", "callback_on": False}
)
queue = env["hotline.queue"].create(  # noqa: F821
    {"name": "Горячая линия", "code": "hotline", "line_id": line.id}
)
pbx = env["hotline.pbx"].create(  # noqa: F821
    {
        "name": "АТС",
        "code": "main",
        "host": OPTIONS["host"],  # noqa: F821
        "port": OPTIONS["port"],  # noqa: F821
        "new_secret": OPTIONS["secret"],  # noqa: F821
        "ring_seconds": 5,
        "ws_url": OPTIONS["ws"],  # noqa: F821
        "queue_ids": queue.ids,
    }
)
for number, kind, login in PHONES:
    env["hotline.pbx.extension"].create(  # noqa: F821
        {
            "pbx_id": pbx.id,
            "number": number,
            "interface": f"PJSIP/{number}",
            "kind": kind,
            "user_id": people[login].id,
            **({"new_sip_secret": OPTIONS["sip"]} if kind == "browser" else {}),  # noqa: F821
        }
    )
for surname, name, phone in CITIZENS:
    env["res.partner"].create(  # noqa: F821
        {"hotline_kind": "citizen", "surname": surname, "given_name": name, "phone": phone}
    )
env.cr.commit()  # noqa: F821
