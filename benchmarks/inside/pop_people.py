"""Operators at more telephones, and citizens who will call; runs in Odoo's shell: ``env`` is there.

``OPTIONS``: {"phones": ["PJSIP/300", …], "citizens": how many}.
"""

from odoo.tests import new_test_user

pbx = env["hotline.pbx"].search([])  # noqa: F821
for interface in OPTIONS["phones"]:  # noqa: F821
    number = interface.rpartition("/")[2]
    user = new_test_user(
        env,  # noqa: F821
        login=f"op{number}",
        groups="gov_hotline.group_operator",
        lang="ru_RU",
        context={"no_reset_password": True},
    )
    env["hotline.pbx.extension"].create(  # noqa: F821
        {
            "pbx_id": pbx.id,
            "number": number,
            "interface": interface,
            "kind": "desk",
            "user_id": user.id,
        }
    )
env["res.partner"].create(  # noqa: F821
    [
        {
            "hotline_kind": "citizen",
            "surname": "Звонков",
            "given_name": "Пётр",
            "phone": f"+7913700{index:04}",
        }
        for index in range(OPTIONS["citizens"])  # noqa: F821
    ]
)
env.cr.commit()  # noqa: F821
