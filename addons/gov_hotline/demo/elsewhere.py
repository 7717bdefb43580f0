"""Appeals that live in a document system of the invented body: its export, loaded as any is."""

import random
from datetime import timedelta

from . import accounts

SYSTEM = "СЭД Правительства края"
WHOLE = 60  # appeals of the whole demonstration
LEAST = 8
HEADING = (
    *("Номер", "Дата", "Заявитель", "Адрес", "Статус", "Срок"),
    *("Исх. №", "Дата ответа", "Куда направлено", "Тема"),
)
# State as written there, days since it was filed, what it is about
COURSE = (
    ("На рассмотрении", 12, "Отопление"),
    ("Дан ответ", 40, "Ремонт дорог"),
    ("Направлено по компетенции", 25, "Вывоз мусора"),
    ("Срок продлён", 35, "Земельный участок"),
    ("Зарегистрировано", 2, "Детский сад"),
    ("Закрыто", 90, "Освещение двора"),
)
AGENCY = "Администрация города Светлоозёрска"
TERM = timedelta(days=30)


def make(writer, seed, scale, moment):
    """Load the export of the document system; its data are a quarter of an hour old."""
    source = writer.env["hotline.external.source"].create({"name": SYSTEM})
    count = max(LEAST, round(WHOLE * min(scale, 1)))
    rows = _rows(writer, random.Random(seed), count, moment.date())  # noqa: S311 - no secret
    content = "\r\n".join(";".join(row) for row in (HEADING, *rows)).encode("cp1251")
    as_of = moment - timedelta(minutes=15)
    accounts.load_file(writer.env, source.register_id, content, as_of=as_of)


def _rows(writer, rng, count, today):
    """Half of them are of people whose cards we have: their dossiers show both."""
    for n in range(count):
        state, days, topic = COURSE[n % len(COURSE)]
        name, address = _applicant(writer, rng, n)
        filed = today - timedelta(days=days + n)
        due = filed + TERM * (2 if "продл" in state else 1)
        answer = (f"15-07/{n + 40}", _day(filed + TERM)) if state == "Дан ответ" else ("", "")
        sent = AGENCY if "Направлено" in state else ""
        yield (
            f"15-01/{n + 101}",
            _day(filed),
            name,
            address,
            state,
            _day(due),
            *answer,
            sent,
            topic,
        )


def _applicant(writer, rng, n):
    """(name, address) of a citizen of the hotline, or of a holder of an account."""
    if n % 2 == 0:
        card = writer.citizens[n // 2 % len(writer.citizens)]
        return card.name, card.street
    account = rng.choice(writer.env["hotline.account"].search([], limit=500))
    street, house = account.object_id.parent_id.parent_id.name, account.object_id.parent_id.name
    return account.holder_name, f"ул. {street}, д. {house}, кв. {account.object_id.name}"


def _day(day):
    return f"{day:%d.%m.%Y}"
