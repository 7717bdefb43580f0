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
    """Whose question it is, and when somebody is there (by the body's clock).

    `names`: other names it is looked for by. `topics`: codes it answers for; in the town alone
    where `in_town`. The working week has a break and a shorter Friday unless `saturday` is given:
    hours of a Saturday make it a reception without a break.
    """

    key: str
    name: str
    competence: str
    opens: float = 9
    closes: float = 18
    names: str = ""
    topics: tuple[str, ...] = ()
    in_town: bool = False
    saturday: tuple[float, float] | None = None


@dataclass(frozen=True)
class User:
    """An account: the password is the login. `roles` are groups of gov_hotline.

    `post` tells a visitor who it is: the name is the name alone, for it stands on letters.
    """

    login: str
    name: str
    roles: tuple[str, ...]
    post: str


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
        names="МЖКХ, минжкх, министерство ЖКХ",
        topics=("0005.0005.0000.0000",),
    ),
    Agency(
        "inspection",
        "Государственная жилищная инспекция Озёрского края",
        "Работа управляющих компаний, начисления за содержание жилья, протечки крыш, подъезды.",
        opens=8.5,
        closes=17.5,
        names="ГЖИ, жилинспекция",
        topics=("0005.0005.0054.0000",),
    ),
    Agency(
        "repair_fund",
        "Фонд капитального ремонта Озёрского края",
        "Взносы и сроки капитального ремонта, замена лифтов.",
        names="ФКР, капремонт",
        topics=("0005.0005.0054.0000",),
    ),
    Agency(
        "social",
        "Министерство социальной защиты населения Озёрского края",
        "Пособия, субсидии, льготы, социальное обслуживание, многодетные семьи, ветераны.",
        names="соцзащита, минсоц, собес",
        topics=("0002.0004.0000.0000", "0002.0007.0000.0000"),
    ),
    Agency(
        "health",
        "Министерство здравоохранения Озёрского края",
        "Запись к врачу, качество медицинской помощи, льготные лекарства, скорая помощь.",
        opens=8,
        closes=20,
        names="минздрав",
        topics=("0002.0014.0143.0000",),
        saturday=(9, 14),
    ),
    Agency(
        "education",
        "Министерство образования Озёрского края",
        "Детские сады, школы, питание, выплаты педагогам, летний отдых.",
        names="минобр, минобразования",
        topics=("0002.0013.0139.0000",),
    ),
    Agency(
        "roads",
        "Министерство транспорта и дорожного хозяйства Озёрского края",
        "Краевые дороги, мосты, знаки, пригородные и междугородные маршруты.",
        names="миндор, минтранс",
        topics=("0003.0009.0099.0000",),
    ),
    Agency(
        "city",
        "Администрация города Светлоозёрска",
        "Городские улицы, дворы, освещение, уборка снега, городские автобусы, парки.",
        opens=8.5,
        closes=17.5,
        names="мэрия, горадминистрация",
        topics=("", "0003.0009.0097.0000", "0003.0009.0099.0000"),
        in_town=True,
    ),
    Agency(
        "employment",
        "Служба занятости населения Озёрского края",
        "Пособие по безработице, поиск работы, переобучение, ярмарки вакансий.",
        names="биржа труда, ЦЗН, центр занятости",
        topics=("0002.0006.0064.0000",),
    ),
    Agency(
        "nature",
        "Министерство природных ресурсов Озёрского края",
        "Вывоз мусора, свалки, вырубка леса, загрязнение воды и воздуха.",
        names="минприроды",
        topics=("0003.0011.0000.0000",),
    ),
    Agency(
        "mfc",
        "Многофункциональный центр «Мои документы» города Светлоозёрска",
        "Приём документов, справки, регистрация, выдача результатов услуг.",
        opens=8,
        closes=20,
        names="МФЦ, Мои документы",
        topics=("0001.0001.0005.0000",),
        saturday=(9, 14),
    ),
    Agency(
        "land",
        "Министерство имущественных и земельных отношений Озёрского края",
        "Земельные участки, аренда, кадастр, участки многодетным семьям.",
        names="минимущество, минзем",
        topics=("0003.0011.0123.0000",),
    ),
)

USERS = (
    User("operator", "Тестова Зоя Петровна", ("operator",), "Оператор"),
    User("operator2", "Пробный Глеб Ильич", ("operator",), "Оператор"),
    User("officer", "Образцов Тихон Львович", ("officer",), "Ответственный"),
    User(
        "officer2",
        "Примерова Римма Павловна",
        ("officer", "approver"),
        "Ответственный, подписант",
    ),
    User("admin_hotline", "Настройкин Демьян Егорович", ("administrator",), "Администратор"),
    User("approver", "Показова Вера Андреевна", ("approver",), "Руководитель"),
    User("supervisor", "Учебный Клим Борисович", ("supervisor",), "Старший смены"),
    User("executor", "Макетова Фаина Олеговна", ("executor",), "Исполнитель"),
    User("auditor", "Условный Прохор Семёнович", ("auditor",), "Контролёр"),
    User("press", "Демова Инга Романовна", ("press",), "Пресс-служба"),
)
PORTAL_LOGIN = "citizen"
# Accounts of two managing companies at the portal: login (the password too), person, company.
COMPANY_USERS = (
    ("company1", "Домова Нина Сергеевна", "УК «Озёрная»"),
    ("company2", "Подъездов Лев Ильич", "УК «Садовая»"),
)
# Who answers for what is not the managing company's: code of the work, name, phone.
NETWORKS = (
    ("heating", "АО «Озёрные тепловые сети»", "+79765501201"),
    ("water", "МУП «Водоканал Светлоозёрска»", "+79765501202"),
    ("lifts", "ООО «Лифт-Сервис»", "+79765501203"),
)
OPERATORS = ("operator", "operator2")
OFFICERS = ("officer", "officer2")
