"""Whose question it is: agencies by topic and territory."""

import pytest
from gov_hotline.domain.competence import (
    OBJECT,
    TERRITORY,
    TOPIC,
    TOPIC_TERRITORY,
    TOPIC_UNSURE,
    Claim,
    rank,
)

HOUSING, HEATING, ROADS = (1,), (1, 11), (2,)
REGION, CITY, DISTRICT, OTHER = (50,), (50, 51), (50, 51, 52), (50, 59)
MINISTRY, UTILITY, TOWN_HALL, ROAD_OFFICE, NEIGHBOURS = 101, 102, 103, 104, 105
CLAIMS = (
    Claim(MINISTRY, HOUSING),
    Claim(UTILITY, HEATING, CITY),
    Claim(TOWN_HALL, (), CITY),
    Claim(ROAD_OFFICE, ROADS),
    Claim(NEIGHBOURS, HEATING, OTHER),
)


@pytest.mark.parametrize(
    ("topic", "territory", "expected"),
    [
        (
            HEATING,
            DISTRICT,
            [(UTILITY, TOPIC_TERRITORY), (MINISTRY, TOPIC), (TOWN_HALL, TERRITORY)],
        ),
        (HEATING, OTHER, [(NEIGHBOURS, TOPIC_TERRITORY), (MINISTRY, TOPIC)]),
        # The place is not known, or only the region: those of a part of it may be the right ones.
        (HEATING, (), [(MINISTRY, TOPIC), (UTILITY, TOPIC_UNSURE), (NEIGHBOURS, TOPIC_UNSURE)]),
        (HEATING, REGION, [(MINISTRY, TOPIC), (UTILITY, TOPIC_UNSURE), (NEIGHBOURS, TOPIC_UNSURE)]),
        (HOUSING, CITY, [(MINISTRY, TOPIC), (TOWN_HALL, TERRITORY)]),
        (ROADS, CITY, [(ROAD_OFFICE, TOPIC), (TOWN_HALL, TERRITORY)]),
        ((), CITY, [(TOWN_HALL, TERRITORY)]),
        ((), (), []),
    ],
)
def test_table(topic, territory, expected):
    assert [(one.agency, one.reason) for one in rank(CLAIMS, topic, territory)] == expected


def test_the_narrower_topic_wins_over_the_narrower_territory():
    claims = (Claim(1, HOUSING, DISTRICT), Claim(2, HEATING))
    assert [one.agency for one in rank(claims, HEATING, DISTRICT)] == [2, 1]


def test_an_agency_comes_once_with_its_best_reason():
    claims = (Claim(1, (), CITY), Claim(1, HEATING), Claim(1, HOUSING, CITY))
    found = rank(claims, HEATING, CITY)
    assert [(one.agency, one.reason) for one in found] == [(1, TOPIC)]


def test_who_looks_after_the_house_stands_after_the_topic():
    found = rank(CLAIMS, HEATING, CITY, responsible=200)
    assert [one.agency for one in found] == [UTILITY, MINISTRY, 200, TOWN_HALL]
    assert found[2].reason == OBJECT


def test_an_empty_claim_is_nobodys():
    assert rank((Claim(1),), HEATING, CITY) == []
