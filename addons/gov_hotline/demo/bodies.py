"""The invented body, its departments, lines, agencies and users."""

from __future__ import annotations

from dataclasses import dataclass

COMPANY = "Правительство Озёрского края"
OTHER_BODIES = ("Прокуратура Озёрского края", "Управление МВД по Озёрскому краю")
# Who signs: name, position, number and date of the order; the second one is acting.
AUTHORITIES = (
    ("Ракитин В. А.", "Заместитель председателя Правительства края", "14-р", "2025-01-15", False),
    ("Лугова Н. С.", "заместителя председателя Правительства края", "203-р", "2026-03-02", True),
)


@dataclass(frozen=True)
class Department:
    """A helpdesk team; `index` stands in the numbers."""

    key: str
    name: str
    index: str


@dataclass(frozen=True)
class Line:
    """A called number with its legal mode; an act only where oral appeals are taken."""

    key: str
    name: str
    mode: str
    phone: str
    department: str
    greeting: str
    act: tuple[str, str] | None = None


@dataclass(frozen=True)
class Agency:
    """Whose question it is, and when somebody is there (hours of the body's working day)."""

    key: str
    name: str
    competence: str
    opens: float = 9
    closes: float = 18


@dataclass(frozen=True)
class User:
    """An account: the password is the login. `roles` are groups of gov_hotline."""

    login: str
    name: str
    roles: tuple[str, ...]


DEPARTMENTS = (
    Department("common", "Отдел по работе с обращениями граждан", "01"),
    Department("housing", "Управление жилищно-коммунального хозяйства", "02"),
    Department("social", "Управление социальной защиты", "03"),
    Department("roads", "Управление дорог и транспорта", "04"),
    Department("health", "Управление здравоохранения", "05"),
    Department("education", "Управление образования", "06"),
)

LINES = (
    Line(
        "message",
        "Горячая линия Правительства края",
        "message",
        "+79765500001",
        "common",
        "Здравствуйте! Горячая линия Правительства Озёрского края, меня зовут… Слушаю вас.",
    ),
    Line(
        "oral",
        "Телефон устных обращений",
        "oral",
        "+79765500002",
        "common",
        "Здравствуйте! Приём устных обращений граждан, меня зовут… Назовите, пожалуйста, "
        "фамилию, имя, отчество и почтовый адрес.",
        ("187-п", "2025-02-03"),
    ),
    Line(
        "consult",
        "Справочная «Социальный навигатор»",
        "consult",
        "+79765500003",
        "social",
        "Здравствуйте! Справочная «Социальный навигатор», меня зовут… Чем могу помочь?",
    ),
)

AGENCIES = (
    Agency(
        "housing",
        "Министерство жилищно-коммунального хозяйства Озёрского края",
        "Отопление, водоснабжение, тарифы, подготовка к зиме, газификация.",
    ),
    Agency(
        "inspection",
        "Государственная жилищная инспекция Озёрского края",
        "Работа управляющих компаний, начисления за содержание жилья, протечки крыш, подъезды.",
        opens=8.5,
        closes=17.5,
    ),
    Agency(
        "repair_fund",
        "Фонд капитального ремонта Озёрского края",
        "Взносы и сроки капитального ремонта, замена лифтов.",
    ),
    Agency(
        "social",
        "Министерство социальной защиты населения Озёрского края",
        "Пособия, субсидии, льготы, социальное обслуживание, многодетные семьи, ветераны.",
    ),
    Agency(
        "health",
        "Министерство здравоохранения Озёрского края",
        "Запись к врачу, качество медицинской помощи, льготные лекарства, скорая помощь.",
        opens=8,
        closes=20,
    ),
    Agency(
        "education",
        "Министерство образования Озёрского края",
        "Детские сады, школы, питание, выплаты педагогам, летний отдых.",
    ),
    Agency(
        "roads",
        "Министерство транспорта и дорожного хозяйства Озёрского края",
        "Краевые дороги, мосты, знаки, пригородные и междугородные маршруты.",
    ),
    Agency(
        "city",
        "Администрация города Светлоозёрска",
        "Городские улицы, дворы, освещение, уборка снега, городские автобусы, парки.",
        opens=8.5,
        closes=17.5,
    ),
    Agency(
        "employment",
        "Служба занятости населения Озёрского края",
        "Пособие по безработице, поиск работы, переобучение, ярмарки вакансий.",
    ),
    Agency(
        "nature",
        "Министерство природных ресурсов Озёрского края",
        "Вывоз мусора, свалки, вырубка леса, загрязнение воды и воздуха.",
    ),
    Agency(
        "mfc",
        "Многофункциональный центр «Мои документы» города Светлоозёрска",
        "Приём документов, справки, регистрация, выдача результатов услуг.",
        opens=8,
        closes=20,
    ),
    Agency(
        "land",
        "Министерство имущественных и земельных отношений Озёрского края",
        "Земельные участки, аренда, кадастр, участки многодетным семьям.",
    ),
)

USERS = (
    User("operator", "Тестова Зоя (оператор)", ("operator",)),
    User("operator2", "Пробный Глеб (оператор)", ("operator",)),
    User("officer", "Образцов Тихон (ответственный)", ("officer",)),
    User("officer2", "Примерова Римма (ответственный, подписант)", ("officer", "approver")),
    User("admin_hotline", "Настройкин Демьян (администратор)", ("administrator",)),
    User("approver", "Показова Вера (руководитель)", ("approver",)),
    User("supervisor", "Учебный Клим (старший смены)", ("supervisor",)),
    User("executor", "Макетова Фаина (исполнитель)", ("executor",)),
    User("auditor", "Условный Прохор (контролёр)", ("auditor",)),
    User("press", "Демова Инга (пресс-служба)", ("press",)),
)
PORTAL_LOGIN = "citizen"
OPERATORS = ("operator", "operator2")
OFFICERS = ("officer", "officer2")
