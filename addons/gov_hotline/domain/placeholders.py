"""The names that a letter's template may hold in braces: a fixed catalogue, looked up, never run.

`{заявитель.имя_отчество}` is one name and means one function of this file. A template is read
once; what is put in is not read again, so braces in a citizen's words stay braces. A name whose
fact is not known becomes a blank to fill in by hand; a line of such a name alone is left out.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Final

from . import declension
from .declension import DATIVE, GENITIVE
from .notice_text import BLANK
from .persons import PersonName

_PLACE: Final = re.compile(r"\{([^{}\n]*)\}")
_NEAREST: Final = 3
_SHORTEST: Final = 5  # characters: shorter words are not only this applicant's
# What belongs to one case alone, wherever it stands in a letter.
_OWN_WORDS: Final = (
    "заявитель.приветствие", "заявитель.фио", "заявитель.фио_дательный",
    "заявитель.фио_родительный", "заявитель.фамилия_инициалы",
    "заявитель.фамилия_инициалы_дательный", "заявитель.имя_отчество", "заявитель.адрес",
    "обращение.номер",
)  # fmt: skip
_ALIKE: Final = 0.6
# «в соответствии со ст. 11»: an article is put in after words that do not know it.
_WITH_ARTICLE: Final = re.compile(r"\b([Сс]) (ст\.|стать)")


@dataclass(frozen=True)
class Facts:
    """What is known of the case: the applicant's name and ready words by their keys."""

    applicant: PersonName = field(default_factory=PersonName)
    is_collective: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Placeholder:
    """One name of the catalogue, with what it means and how it looks in a letter."""

    name: str
    description: str
    example: str
    resolve: Callable[[Facts], str]


@dataclass(frozen=True)
class Unknown:
    """A name that is not in the catalogue and the known ones that look like it, nearest first."""

    name: str
    nearest: tuple[str, ...]


def fill(template: str, facts: Facts) -> str:
    """The text of the letter. Raises KeyError for an unknown name (checked at saving)."""
    lines = (_line(line, facts) for line in template.strip().splitlines())
    return _WITH_ARTICLE.sub(r"\1о \2", "\n".join(line for line in lines if line is not None))


def draw_out(text: str, facts: Facts) -> str:
    """A ready letter as a template: the applicant's and the case's own words become names.

    Only words that cannot mean anything else; a date counts right after the number of the case.
    """
    number, day = _word("number", facts), _word("registered_on", facts)
    if number and day:
        dated = re.compile(re.escape(number) + r"(\s+от\s+)" + re.escape(day))
        text = dated.sub(r"{обращение.номер}\1{обращение.дата}", text)
    own = {name: CATALOGUE[name].resolve(facts) for name in _OWN_WORDS}
    for name in sorted(own, key=lambda one: -len(own[one])):
        if len(own[name]) >= _SHORTEST:
            text = re.sub(rf"(?<!\w){re.escape(own[name])}(?!\w)", f"{{{name}}}", text)
    return text


def listed(questions: Iterable[str | bool]) -> str:
    """Questions as they stand between the quotation marks of a letter: A»; «B, no full stops."""
    words = (question.strip().rstrip(".;, ") for question in questions if question)
    return "»; «".join(filter(None, words))


def fill_known(template: str, facts: Facts) -> str:
    """The text of what nobody corrects before it leaves: a line with an unknown fact is left out.

    Raises KeyError for an unknown name (checked at saving).
    """
    lines = template.strip().splitlines()
    known = [line for line in lines if all(_is_known(place, facts) for place in _names(line))]
    return re.sub(r"\n{3,}", "\n\n", fill("\n".join(known), facts)).strip()


def _is_known(name: str, facts: Facts) -> bool:
    return bool(CATALOGUE[name].resolve(facts))


def names(template: str) -> frozenset[str]:
    """The names that stand in the template, known or not."""
    return frozenset(_names(template))


def unknown(template: str) -> tuple[Unknown, ...]:
    """Names of the template that the catalogue does not have, each once; lone braces likewise."""
    names = dict.fromkeys(name for name in _names(template) if name not in CATALOGUE)
    rest = _PLACE.sub("", template)
    loose = [Unknown(brace, ()) for brace in "{}" if brace in rest]
    return (*(Unknown(name, _nearest(name)) for name in names), *loose)


def example(template: str) -> str:
    """The template with the examples of the catalogue in place: what a letter will look like."""
    return _PLACE.sub(lambda place: _example(place[1]), template)


def _line(line: str, facts: Facts) -> str | None:
    alone = _PLACE.fullmatch(line.strip())
    if alone and not CATALOGUE[alone[1]].resolve(facts):
        return None
    return _PLACE.sub(lambda place: CATALOGUE[place[1]].resolve(facts) or BLANK, line)


def _example(name: str) -> str:
    return CATALOGUE[name].example if name in CATALOGUE else f"{{{name}}}"


def _names(template: str) -> Iterator[str]:
    yield from _PLACE.findall(template)


def _nearest(name: str) -> tuple[str, ...]:
    """Known names like this one, as a whole or by the part after the dot, the nearest first."""
    scored = sorted((_likeness(name.casefold(), known), known) for known in CATALOGUE)
    near = [known for score, known in reversed(scored) if score >= _ALIKE]
    return tuple(near[:_NEAREST])


def _likeness(name: str, known: str) -> float:
    tails = (name.rpartition(".")[2], known.rpartition(".")[2])
    return max(difflib.SequenceMatcher(None, *pair).ratio() for pair in ((name, known), tails))


def _word(key: str, facts: Facts) -> str:
    return facts.words.get(key) or ""


def _rest(facts: Facts) -> str:
    due = facts.words.get("rest_due_on")
    if not due:
        return ""
    return (
        f"Остальные вопросы обращения рассматриваются, ответ по ним будет направлен Вам до {due}."
    )


def _declined(case: str, facts: Facts) -> str:
    return declension.decline(facts.applicant, case).full


def _short(case: str, facts: Facts) -> str:
    return declension.decline(facts.applicant, case).short


def _greeting(facts: Facts) -> str:
    return "Уважаемые заявители" if facts.is_collective else declension.greeting(facts.applicant)


def _entry(name: str, key: str, description: str, shown: str) -> Placeholder:
    return Placeholder(name, description, shown, partial(_word, key))


_ALL: Final = (
    Placeholder(
        "заявитель.приветствие",
        "Как письмо начинается; пол определяется по отчеству",
        "Уважаемая Мария Петровна",
        _greeting,
    ),
    Placeholder(
        "заявитель.имя_отчество",
        "Имя и отчество",
        "Мария Петровна",
        lambda facts: facts.applicant.greeting,
    ),
    Placeholder(
        "заявитель.фио",
        "Фамилия, имя, отчество",
        "Иванова Мария Петровна",
        lambda facts: facts.applicant.full,
    ),
    Placeholder(
        "заявитель.фио_дательный",
        "Кому: в дательном падеже, если склонение несомненно",
        "Ивановой Марии Петровне",
        partial(_declined, DATIVE),
    ),
    Placeholder(
        "заявитель.фио_родительный",
        "От кого: в родительном падеже, если склонение несомненно",
        "Ивановой Марии Петровны",
        partial(_declined, GENITIVE),
    ),
    Placeholder(
        "заявитель.фамилия_инициалы",
        "Фамилия и инициалы",
        "Иванова М. П.",
        lambda facts: facts.applicant.short,
    ),
    Placeholder(
        "заявитель.фамилия_инициалы_дательный",
        "Кому: фамилия и инициалы",
        "Ивановой М. П.",
        partial(_short, DATIVE),
    ),
    _entry("заявитель.адрес", "address", "Почтовый адрес", "699012, г. Светлый, ул. Ленина, 15"),
    _entry("обращение.номер", "number", "Регистрационный номер", "И-401/2026"),
    _entry("обращение.дата", "registered_on", "Дата регистрации", "24.11.2026"),
    _entry("обращение.поступило", "received_on", "Дата поступления", "23.11.2026"),
    _entry("обращение.срок", "due_on", "Срок ответа", "24.12.2026"),
    _entry("обращение.суть", "summary", "Коротко, о чём обращение", "Холодные батареи"),
    _entry("обращение.тема", "topic", "Тематика по классификатору", "Отопление"),
    _entry("обращение.вопросы", "questions", "О каких вопросах письмо", "Ремонт теплотрассы"),
    Placeholder(
        "обращение.остальные_вопросы",
        "Что ответ на остальные вопросы впереди; без них строки нет",
        "Остальные вопросы обращения рассматриваются, ответ по ним будет направлен Вам до "
        "24.12.2026.",
        _rest,
    ),
    _entry("решение.статья", "article", "Статья закона (из этого шаблона)", "ч. 3 ст. 8 59-ФЗ"),
    _entry("решение.причина", "reason", "Причина решения", "нужна экспертиза"),
    _entry("решение.куда", "bodies", "Куда направлено", "Министерство строительства"),
    _entry("решение.новый_срок", "new_due_on", "Продлённый срок", "23.01.2027"),
    _entry("решение.адрес_страницы", "url", "Где размещён ответ", "https://example.org/otvety/15"),
    _entry("решение.дата_заявления", "statement_on", "Дата заявления заявителя", "01.12.2026"),
    _entry("орган.название", "body", "Название органа", "Аппарат губернатора"),
    _entry("орган.адрес", "body_address", "Почтовый адрес органа", "699000, г. Светлый, пл. 1"),
    _entry("орган.телефон", "body_phone", "Телефон органа", "+7 976 550-00-01"),
    _entry("орган.сайт", "site", "Сайт органа", "https://example.org"),
    _entry("подписант.фио", "signer", "Кто подписывает", "Кузнецов В. А."),
    _entry(
        "подписант.должность", "signer_position", "Должность подписанта", "Начальник управления"
    ),
    _entry("исполнитель.фио", "officer", "Кто готовил письмо", "Орлова Анна Игоревна"),
    _entry("исполнитель.телефон", "officer_phone", "Его телефон", "+7 976 550-00-07"),
    _entry("письмо.номер", "letter_number", "Исходящий номер письма", "ИСХ-12/2026"),
    _entry("письмо.вид", "letter_kind", "Что это за письмо", "Уведомление о регистрации"),
    _entry("письмо.текст", "letter_text", "Текст письма целиком", "Сообщаем, что …"),
    _entry("письмо.на_номер", "their_number", "Номер письма, на которое отвечают", "7-12/2026"),
    _entry("поручение.срок", "control_on", "Когда исполнитель отвечает", "10.12.2026"),
    _entry("поручение.ссылка", "link", "Где исполнитель отвечает", "https://example.org/my/15"),
    _entry("поручение.исправлено", "correction", "Что исправлено в карточке", "Адрес"),
    _entry("письмо.дата", "today", "Сегодняшняя дата", "01.12.2026"),
)
CATALOGUE: Final[Mapping[str, Placeholder]] = MappingProxyType({one.name: one for one in _ALL})
# How the texts of earlier releases called the same facts.
FORMER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "applicant": "заявитель.фио",
        "address": "заявитель.адрес",
        "body": "орган.название",
        "number": "обращение.номер",
        "registered_on": "обращение.дата",
        "received_on": "обращение.поступило",
        "summary": "обращение.суть",
        "questions": "обращение.вопросы",
        "article": "решение.статья",
        "bodies": "решение.куда",
        "due_on": "обращение.срок",
        "new_due_on": "решение.новый_срок",
        "today": "письмо.дата",
        "url": "решение.адрес_страницы",
        "reason": "решение.причина",
        "statement_on": "решение.дата_заявления",
        "signer": "подписант.фио",
        "signer_position": "подписант.должность",
        "site": "орган.сайт",
        "ground": "решение.причина",
    }
)
