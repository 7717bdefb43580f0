"""First names as people of Russia bear them: by them a person is known who is in no field.

An operator jots «петров иван» while the caller talks: neither a patronymic nor a capital tells a
name there, the first name does. The usual names are enough: a human looks at every mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_NAMES: Final = _listed("""
абдул агата агния адам аделина айгуль айдар айнур айрат алан александр александра алексей алена
алеша алик алина алиса алия алла альберт альбина альфия амина амир анастасия анатолий ангелина
андрей андрюша анжела анжелика анна антон антонина анфиса аня аркадий арсен арсений артем артемий
артур аскар аслан ася ахмед бахтияр богдан борис булат вадик вадим валентин валентина валерий
валерия валя ваня варвара варя василий василиса вася венера вениамин вероника виктор виктория
виолетта виталий витя владимир владислав влада вова володя всеволод вячеслав галина галя гаяне
геннадий гена георгий герман глеб григорий гриша гузель гульнара гульшат гурген давид дамир даниил
данила дарина дарья даша демид денис диана дима динара дмитрий доминика евгений евгения евдокия
егор екатерина катерина елена елизавета ефим ефросинья жанна женя замира заира зарина захар зинаида
зина злата зоя зульфия зухра иван игнат игорь ильдар ильнар ильнур илья инга инесса инна иннокентий
иосиф ипполит ираида ирина ислам казбек камила карина каролина катя кира кирилл клавдия клара
клим константин костя кристина ксения лариса лаура левон леонид лейла леся лида лидия
лилия лиля линар лина лия луиза людмила люда люба люся магомед мадина майя макар максим малика
марат маргарита марианна марина мария марфа марья матвей махмуд маша милана милена мирослав
мирослава миша михаил муса муслим мурад надя назар наиля наталия наталья настя наташа нелли
никита николай нина нонна нуриля нурлан оксана олег олеся ольга оля павел паша петр петя полина
прохор рада радик радмила раиса рамиль рамазан расим рафаэль рената ренат римма рина
рита роберт родион розалия ростислав рузанна рузиля руслан рустам рушан савелий саида салават
самвел самира саша святослав семен серафима сережа сергей снежана соня софия софья станислав стас
степан стефания сулейман султан таисия тамара тарас татьяна таня тигран тимофей тимур толик
ульяна фаина фарид фатима федор федя феликс филипп флюра фрол хадижа харитон шамиль
эвелина эдгар эдик эдуард элеонора элина эльвира эльдар эльза эльмира эмилия эмма эрик
юлиан юлиана юлий юлия юля юра юрий яков яна ярослав ярослава ясмина
""")
# They are words of the language too: alone they tell of nobody.
_ALSO_WORDS: Final = _listed("""
вера влад ева жора ира карим коля лада лев лена любовь марта мила мира надежда рая роза роман
света светлана серега слава тома толя
""")
_ODD: Final = {
    "лев": ("лев", "льва", "льву", "львом", "льве"),
    "любовь": ("любовь", "любови", "любовью"),
    "павел": ("павел", "павла", "павлу", "павлом", "павле"),
    "петр": ("петр", "петра", "петру", "петром", "петре"),
}
_ENDINGS: Final = (
    ("ия", ("ия", "ии", "ию", "ией")),
    ("ья", ("ья", "ьи", "ье", "ью", "ьей")),
    ("я", ("я", "и", "е", "ю", "ей")),
    ("а", ("а", "ы", "и", "е", "у", "ой", "ей")),
    ("ий", ("ий", "ия", "ию", "ием", "ии")),
    ("й", ("й", "я", "ю", "ем", "е")),
    ("ь", ("ь", "я", "ю", "ем", "е", "и", "ью")),
    ("и", ("и",)),
    ("", ("", "а", "у", "ом", "ем", "е")),
)
_SURNAME: Final = re.compile(
    r"[а-я-]*(?:(?:[оеё]в|[иы]н)(?:а|у|ым|ой|е|ых|ы|ыми)?|[сцдт]ск(?:ий|ого|ому|им|ом|ая|ую|ой|ие|их)"
    r"|цк(?:ий|ого|ому|им|ая|ую|ой)|енко|[чщ]енко|чук(?:а|у|ом)?|[ую]к|[ыи]х|ян(?:а|у|ом)?|дзе|швили"
    r"|ич(?:а|у|ем)?)"
)
# Words that end as surnames do and stand beside people often.
_NO_SURNAMES: Final = frozenset(
    _listed("""
один одна одного одной магазин магазина магазину бензин бензина гражданин гражданина картина
причина причины причину половина половину машина машины машину вина вину корзина домов
вопросов ответов документов месяцев часов рублей счетов районов адресов жильцов отцов готов
готова готовы здоров здорова снова слова слово основа опять пришлых своих моих наших ваших их
никаких каких таких других всех этих тех детских районных городских сельских звук бук
первых вторых новых старых живых больных холодных горячих льготных
""")
)
_WORD: Final = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)?")
_HONOURED: Final = re.compile(
    r"(?:имени|им\.|памятник\w*|музе\w+|улиц\w+|ул\.|площад\w+|пл\.)\s*$", re.IGNORECASE
)
_A_PLACE: Final = re.compile(
    r"\s*\((?:улиц|ул\.|площад|пл\.|проспект|пр\.|памятник)", re.IGNORECASE
)


def _forms(name: str) -> tuple[str, ...]:
    """Return the name in its cases of declension."""
    if name in _ODD:
        return _ODD[name]
    end, endings = next(one for one in _ENDINGS if name.endswith(one[0]))
    stem = name[: len(name) - len(end)]
    return tuple(stem + ending for ending in endings)


_SURE: Final = frozenset(form for name in _NAMES for form in _forms(name)) - frozenset(
    form for name in _ALSO_WORDS for form in _forms(name)
)
_ALL: Final = _SURE | frozenset(form for name in _ALSO_WORDS for form in _forms(name))


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a person stands: a first name with a surname beside, in any case of letters.

    A first name alone is one where it has its capital and is no other word.
    """
    words = list(_WORD.finditer(text))
    for place, word in enumerate(words):
        plain = _plain(word)
        if plain not in _ALL:
            continue
        beside = [one for one in words[max(0, place - 1) : place + 2] if one is not word]
        surnames = [one for one in beside if _is_surname(one) and _touch(text, word, one)]
        alone = plain in _SURE and word[0][0].isupper()
        if surnames or alone:
            span = _around(word, *surnames[:1])
            if not _is_place(text, *span):
                yield span


def _plain(word: re.Match[str]) -> str:
    return word[0].casefold().replace("ё", "е")


def _is_surname(word: re.Match[str]) -> bool:
    plain = _plain(word)
    return len(plain) > 3 and bool(_SURNAME.fullmatch(plain)) and plain not in _NO_SURNAMES


def _touch(text: str, word: re.Match[str], other: re.Match[str]) -> bool:
    """Whether nothing but a space is between them, and both are written alike."""
    first, second = sorted((word, other), key=lambda one: one.start())
    alike = first[0][0].isupper() == second[0][0].isupper()
    return alike and text[first.end() : second.start()].isspace()


def _around(*words: re.Match[str]) -> tuple[int, int]:
    return min(one.start() for one in words), max(one.end() for one in words)


def _is_place(text: str, start: int, end: int) -> bool:
    """Whether a street or a school bears the name."""
    return bool(_HONOURED.search(text[max(0, start - 30) : start]) or _A_PLACE.match(text, end))
