"""The built sample corpus in a real browser: what a first visitor sees."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_site import violations

pytestmark = pytest.mark.browser

TRACE = "/trace?from=consultation/cwg-internet/2025-02"
PAGES = (
    "/",
    "/topics",
    "/resolutions",
    "/documents",
    TRACE,
    "/trace?from=consultation/cwg-internet/2017-10",
    "/things/restatement/cwg-internet-report-2026",
    "/things/resolution/pp/102",
    "/things/topic/multilingual-internet",
    "/query?question=01-mandate-of-activity&run=1",
)


@pytest.fixture
def visit(browser: Browser, sample_url: str) -> Page:
    """A page of a visitor whose browser leaves room for tools that test accessibility."""
    return browser.new_context(base_url=sample_url, bypass_csp=True).new_page()


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_breaks_an_accessibility_rule_or_scrolls_sideways(visit: Page, width: int) -> None:
    visit.set_viewport_size({"width": width, "height": 900})
    found: dict[str, list[str]] = {}
    for each in PAGES:
        visit.emulate_media(color_scheme="light")
        visit.goto(each)
        broken = violations(visit)
        visit.emulate_media(color_scheme="dark")
        broken += violations(visit, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]})
        if visit.evaluate("document.documentElement.scrollWidth") > width:
            broken.append("scrolls sideways")
        if broken:
            found[each] = broken
    assert found == {}


@pytest.mark.parametrize("address", PAGES)
def test_every_page_says_that_it_is_restated(visit: Page, address: str) -> None:
    visit.goto(address)
    expect(visit.get_by_role("note")).to_contain_text("Restated, not the institution's words.")


def test_the_whole_drawing_of_the_lanes_is_seen_on_a_desk(visit: Page) -> None:
    visit.set_viewport_size({"width": 1280, "height": 900})
    visit.goto("/topics")
    drawing, region = visit.locator("svg.lanes"), visit.get_by_role("region", name="Topics by meeting", exact=True)
    box, frame = drawing.bounding_box(), region.bounding_box()
    assert box is not None
    assert frame is not None
    assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
    assert region.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_a_trace_answers_first_and_every_hop_shows_words_or_says_why_not(visit: Page) -> None:
    visit.goto(TRACE)
    expect(visit.locator("main p.lead")).to_contain_text("Mandate: PP Resolution 102 (Rev. Bucharest, 2022)")
    expect(visit.locator("main p.lead")).to_contain_text("Weakest:")
    clause = visit.get_by_role("region", name="Clause").or_(visit.locator("section[aria-labelledby=role-clause]")).first
    expect(clause.locator(".quote").first).to_be_visible()


def test_a_trace_prints_on_one_page(visit: Page) -> None:
    for each in (TRACE, "/trace?from=consultation/cwg-internet/2017-10"):
        visit.goto(each)
        visit.emulate_media(media="print")
        pdf = visit.pdf(format="A4", prefer_css_page_size=True)
        assert sum(pdf.count(b"/Type /Page" + end) for end in (b"\n", b" ", b"/")) == 1, each


def test_the_drawer_says_that_it_is_restated(visit: Page) -> None:
    visit.goto("/things/topic/multilingual-internet")
    visit.locator("main a.ev").first.click()
    expect(visit.get_by_text("Restated, not the institution's words.").last).to_be_visible()
    expect(visit.locator("mark").first).to_be_visible()


def test_a_question_is_asked_by_choosing(visit: Page) -> None:
    visit.goto("/query?question=04-topic-at-meetings")
    visit.get_by_role("combobox", name="Topic").select_option(
        label="Multilingual Internet, including internationalized domain names"
    )
    visit.get_by_role("button", name="Ask").click()
    expect(visit.locator("[role=status]")).to_contain_text("rows, complete")
