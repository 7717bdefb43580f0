"""What ``make run`` prints when Odoo answers: address, logins, three things to try."""

import re

from .sql import Server

# login → what the person is, in Russian and English; the password equals the login
ROLES = {
    "operator": ("оператор", "operator"),
    "officer": ("ответственный сотрудник", "officer"),
    "admin_hotline": ("администратор линии", "hotline administrator"),
    "approver": ("согласующий", "approver"),
    "supervisor": ("руководитель смены", "supervisor"),
    "executor": ("исполнитель", "executor"),
    "auditor": ("контролёр", "auditor"),
    "press": ("пресс-служба", "press service"),
    "citizen": ("гражданин, личный кабинет", "citizen, portal"),
    "company1": ("управляющая компания, личный кабинет", "managing company, portal"),
    "company2": ("другая управляющая компания", "another managing company"),
    "admin": ("системный администратор Odoo", "system administrator"),
}

TO_TRY = (
    (
        "operator: Горячая линия → Рабочее место → «Новый звонок», телефон {phone}",
        "operator: Горячая линия → Рабочее место → new call, phone {phone}",
    ),
    (
        "officer: список обращений, ответ заявителю, закрытие, печать карточки (РКК)",
        "officer: list of cases, answer, close, print the card as PDF",
    ),
    (
        "без входа: {url}/hotline/status: состояние по номеру и коду (они в карточке обращения)",
        "signed out: {url}/hotline/status, state by number and code (both are on the case)",
    ),
)

RINGS = (
    "operator в браузере, во втором терминале make phone-demo: звонок и карточка гражданина",
    "operator in the browser, make phone-demo in a second terminal: a citizen's call and card",
)

ANY_PHONE = "8 (913) 123-45-67"
WITH_A_CASE = (
    "SELECT p.number FROM hotline_phone p JOIN helpdesk_ticket t USING (partner_id) "
    "WHERE p.kind = 'personal' ORDER BY t.id LIMIT 1"
)


def logins(server: Server, database: str) -> list:
    """Those of our logins that the database has."""
    have = set(server.query("SELECT login FROM res_users WHERE active", database).split())
    return [login for login in ROLES if login in have]


def phone(server: Server, database: str) -> str:
    """The number of a citizen of the demo who has a case, as people say it."""
    number = ""
    if server.query("SELECT to_regclass('hotline_phone')", database):
        number = server.query(WITH_A_CASE, database)
    match = re.fullmatch(r"\+7(\d{3})(\d{3})(\d\d)(\d\d)", number)
    return "8 ({}) {}-{}-{}".format(*match.groups()) if match else ANY_PHONE


def render(url: str, found: list, phone: str = ANY_PHONE, *, rings: bool = False) -> str:
    """The text of the greeting; ``rings``: the telephony of this run works."""
    lines = ["", f"Горячая линия работает / Gov Hotline runs:  {url}", ""]
    lines += ["Вход (пароль = имя) / logins (password = login):"]
    lines += [f"  {login:<14} {ROLES[login][0]} / {ROLES[login][1]}" for login in found]
    lines += ["", "Попробуйте / try:"]
    for number, (russian, english) in enumerate([*TO_TRY, *([RINGS] if rings else [])], 1):
        lines += [f"  {number}. {russian.format(url=url, phone=phone)}"]
        lines += [f"     {english.format(url=url, phone=phone)}"]
    return "\n".join([*lines, "", "Ctrl-C останавливает всё / stops everything.", ""])
