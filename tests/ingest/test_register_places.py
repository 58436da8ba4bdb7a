"""City and year name the conference, a city alone does not; tags and forms of names."""

from __future__ import annotations

import pytest

from ingest.register import Register, load
from ingest.resources import register_folders


@pytest.fixture(scope="module")
def register() -> Register:
    return load(register_folders())


PLACES = [
    # city           year    tags
    ("Dubai",        "2012", {"WTSA-12", "WCIT-12"}),
    ("Dubai",        "2014", {"WTDC-14"}),
    ("Dubai",        "2018", {"PP-18"}),
    ("Dubai",        "2023", {"WRC-23", "RA-23"}),
    ("Geneva",       "1992", {"APP-92"}),
    ("Geneva",       "1996", {"WTSC-96", "WTPF-96"}),
    ("Geneva",       "2012", {"RA-12"}),  # texts of WRC-12 are cited by their tag
    ("Geneva",       "2013", {"WTPF-13"}),
    ("Geneva",       "2015", {"RA-15"}),  # texts of WRC-15 are cited by their tag
    ("Geneva",       "2022", {"WTSA-20"}),  # named for the year that it was meant for
    ("Buenos Aires", "1994", {"WTDC-94"}),
    ("Buenos Aires", "2017", {"WTDC-17"}),
    ("Istanbul",     "2000", {"RA-00"}),
    ("Istanbul",     "2002", {"WTDC-02"}),
    ("Doha",         "2006", {"WTDC-06"}),
    ("Doha",         "2026", {"PP-26"}),
    ("Florianopolis", "2004", {"WTSA-04"}),
    ("Montréal",     "2000", {"WTSA-00"}),
    ("Helsinki",     "1993", {"WTSC-93"}),
    ("Marrakech",    "2002", {"PP-02"}),
    ("Kigali",       "2022", {"WTDC-22"}),
    ("New Delhi",    "2024", {"WTSA-24"}),
    ("Bucharest",    "2018", set()),
    ("Dubai",        "2016", set()),
]  # fmt: skip


@pytest.mark.parametrize(("city", "year", "tags"), PLACES)
def test_city_and_year_name_the_conference(register: Register, city: str, year: str, tags: set[str]) -> None:
    assert {found.tag for found in register.conferences(city=city, year=year)} == tags


CITIES = [
    # city          the bodies whose conferences it has hosted
    ("Dubai",        {"pp", "ra", "wcit", "wrc", "wtdc", "wtsa"}),
    ("Geneva",       {"pp", "ra", "wtpf", "wtsa"}),  # and radio conferences, whose texts are cited by their tag
    ("Buenos Aires", {"pp", "wtdc"}),
    ("Istanbul",     {"ra", "wtdc"}),
    ("Doha",         {"pp", "wtdc"}),
]  # fmt: skip


@pytest.mark.parametrize(("city", "bodies"), CITIES)
def test_the_city_alone_never_names_it(register: Register, city: str, bodies: set[str]) -> None:
    assert {found.body for found in register.conferences(city=city)} == bodies


SERIES = [
    # body     years from 1994 on that the registers hold
    ("pp",   "1994 1998 2002 2006 2010 2014 2018 2022 2026"),
    ("wtdc", "1994 1998 2002 2006 2010 2014 2017 2022 2025"),
    ("wtsa", "1996 2000 2004 2008 2012 2016 2022 2024"),
    ("wrc",  "1995 1997 2000 2003 2007 2012 2015 2019 2023 2027"),
    ("ra",   "1995 1997 2000 2003 2007 2012 2015 2019 2023"),
    ("wtpf", "1996 1998 2001 2009 2013 2021 2026"),
    ("wcit", "2012"),
    ("council", " ".join(str(year) for year in range(1994, 2027))),
]  # fmt: skip


@pytest.mark.parametrize(("body", "years"), SERIES)
def test_a_series_of_conferences_is_whole_since_1994(register: Register, body: str, years: str) -> None:
    assert [event.year for event in register.occasions(body) if (event.year or "") >= "1994"] == years.split()


def test_only_what_is_to_come_is_planned(register: Register) -> None:
    planned = {event.tag for event in register.tables.events if event.modality == "planned"}
    assert planned == {"PP-26", "WRC-27", "WTPF-26", "C26"}
