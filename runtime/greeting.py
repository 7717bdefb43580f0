"""What ``make run`` prints when Odoo answers: address, logins, three things to try."""

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
    "admin": ("системный администратор Odoo", "system administrator"),
}

TO_TRY = (
    (
        "operator: Горячая линия → Рабочее место → «Новый звонок», телефон 8 (913) 123-45-67",
        "operator: Горячая линия → Рабочее место → new call, phone 8 (913) 123-45-67",
    ),
    (
        "officer: список обращений, ответ заявителю, закрытие, печать карточки (РКК)",
        "officer: list of cases, answer, close, print the card as PDF",
    ),
    (
        "без входа: {url}/hotline/status: состояние по номеру и коду обращения",
        "signed out: {url}/hotline/status, state of a case by its number and code",
    ),
)


def logins(server: Server, database: str) -> list:
    """Those of our logins that the database has."""
    have = set(server.query("SELECT login FROM res_users WHERE active", database).split())
    return [login for login in ROLES if login in have]


def render(url: str, found: list) -> str:
    """The text of the greeting."""
    lines = ["", f"Горячая линия работает / Gov Hotline runs:  {url}", ""]
    lines += ["Вход (пароль = имя) / logins (password = login):"]
    lines += [f"  {login:<14} {ROLES[login][0]} / {ROLES[login][1]}" for login in found]
    lines += ["", "Попробуйте / try:"]
    for number, (russian, english) in enumerate(TO_TRY, 1):
        lines += [f"  {number}. {russian.format(url=url)}", f"     {english.format(url=url)}"]
    return "\n".join([*lines, "", "Ctrl-C останавливает всё / stops everything.", ""])
