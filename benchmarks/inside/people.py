"""Operators at telephones and citizens who will call; runs in Odoo's shell: ``env`` is there.

``OPTIONS``: {"phones": ["101", …], "citizens": how many, "on_line": whether they sign in}.
"""

from odoo.tests import new_test_user

pbx = env["hotline.pbx"].search([])  # noqa: F821
there = {one.number: one for one in pbx.extension_ids}
for number in OPTIONS["phones"]:  # noqa: F821
    telephone = there.get(number)
    if not telephone:
        role, quick = "gov_hotline.group_operator", {"no_reset_password": True}
        user = new_test_user(
            env,  # noqa: F821
            login=f"op{number}",
            groups=role,
            lang="ru_RU",
            context=quick,
        )
        vals = {"pbx_id": pbx.id, "number": number, "interface": f"PJSIP/{number}"}
        telephone = env["hotline.pbx.extension"].create({**vals, "user_id": user.id})  # noqa: F821
    if OPTIONS["on_line"]:  # noqa: F821
        telephone.at_id = telephone.user_id
        env["hotline.operator.state"]._happened(telephone.user_id, "sign_in")  # noqa: F821
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
