# ruff: noqa: F821 - "env" is given by "odoo shell", which this file is fed to
# Russia is the default of a fresh database: language, time zone, country and currency.
LANG, ZONE = "ru_RU", "Europe/Moscow"

company = env.ref("base.main_company")
rouble = env.ref("base.RUB")
rouble.active = True
company.write({"country_id": env.ref("base.ru").id, "currency_id": rouble.id})

users = env["res.users"].with_context(active_test=False).search([])
users.partner_id.write({"lang": LANG, "tz": ZONE})
company.partner_id.write({"lang": LANG, "tz": ZONE})
env["ir.default"].set("res.partner", "lang", LANG)
env["ir.default"].set("res.partner", "tz", ZONE)
env.cr.commit()
