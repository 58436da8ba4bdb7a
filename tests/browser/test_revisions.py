"""Resolutions, comparisons and clauses in a real browser, on the record of the ferries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from queryapp.views.frame import vendor
from tests.browser.conftest import served
from tests.browser.test_site import violations
from tests.smalldata import write_small_dataset
from tests.smallgraph import REVISED, small

pytestmark = pytest.mark.browser

FERRIES = "resolution/assembly/12"
COMPARED = f"/compare?from={FERRIES}/2040&to={FERRIES}/2044"
ROWS = "main > .cmp > li:not(.same)"
PAGES = (
    f"/things/{FERRIES}",
    f"/things/{FERRIES}/2044?on=2046-01-01",
    f"/things/{FERRIES}/2048",
    f"/things/{FERRIES}/2044/clause/4",
    f"/things/{FERRIES}/2044/clause/7",
    COMPARED,
    f"/compare?from={FERRIES}/2044&to={FERRIES}/2048",
    f"{COMPARED}&kind=new&kind=dropped",
    "/compare",
)


@pytest.fixture(scope="module")
def ferries_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("ferries") / "dataset"
    with served(write_small_dataset(folder, data=small(REVISED))) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, ferries_url: str) -> Iterator[Page]:
    """A page of a visitor whose browser leaves room for tools that test accessibility."""
    context = browser.new_context(base_url=ferries_url, bypass_csp=True, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_breaks_an_accessibility_rule_or_scrolls_sideways(visit: Page, width: int) -> None:
    visit.set_viewport_size({"width": width, "height": 900})
    found: dict[str, list[str]] = {}
    for each in PAGES:
        visit.emulate_media(color_scheme="light")
        visit.goto(each)
        visit.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        broken = violations(visit)
        visit.emulate_media(color_scheme="dark")
        broken += violations(visit, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]})
        if visit.evaluate("document.documentElement.scrollWidth") > width:
            broken.append("scrolls sideways")
        if broken:
            found[each] = broken
    assert found == {}


def test_no_page_writes_to_the_console(browser: Browser, ferries_url: str) -> None:
    context = browser.new_context(base_url=ferries_url)
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    for each in PAGES:
        page.goto(each, wait_until="load")
    context.close()
    assert said == []


def test_the_strip_leads_to_the_revision(visit: Page) -> None:
    visit.goto(f"/things/{FERRIES}?on=2046-01-01")
    visit.get_by_role("link", name="Resolution 12 (Rev. Brackwater, 2044), in force on 2046-01-01").click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Resolution 12 (Rev. Brackwater, 2044)")


def test_below_40_rem_the_revisions_are_a_list_and_the_texts_one_column(visit: Page) -> None:
    visit.set_viewport_size({"width": 320, "height": 900})
    visit.goto(f"/things/{FERRIES}")
    expect(visit.locator("svg.strip")).to_be_hidden()
    expect(visit.get_by_role("region", name="Revisions, as a table")).to_contain_text("only its year is known (2048)")
    visit.goto(COMPARED)
    above, below = (visit.locator(ROWS + " .side").nth(side).bounding_box() for side in (0, 1))
    assert above is not None
    assert below is not None
    assert below["y"] >= above["y"] + above["height"]


def test_clauses_that_are_the_same_are_folded_and_open_by_key(visit: Page) -> None:
    visit.goto(COMPARED)
    same = visit.locator("summary", has_text="1 clause the same: considering a)")
    folded = visit.locator("li.same .side").first
    expect(folded).to_be_hidden()
    same.focus()
    visit.keyboard.press("Enter")
    expect(folded).to_contain_text("that ferries cross the Wend after dark")


def test_a_comparison_is_chosen_and_filtered_without_scripts(browser: Browser, ferries_url: str) -> None:
    context = browser.new_context(base_url=ferries_url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/things/{FERRIES}")
    page.locator("select[name=from]").select_option(label="2040")
    page.locator("select[name=to]").select_option(label="2044")
    page.get_by_role("button", name="Side by side").click()
    expect(page.get_by_role("status")).to_contain_text("9 rows")
    page.get_by_label("dropped").check()
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(".cmp > li")).to_have_count(1)
    expect(page.locator(".cmp > li")).to_contain_text("that rafts are counted")
    context.close()


@pytest.mark.skipif(not vendor(), reason="the scripts were not built: npm run build in queryapp/frontend")
def test_a_clause_of_a_comparison_opens_its_sentence_beside_it(visit: Page) -> None:
    visit.goto(COMPARED)
    visit.locator(ROWS + " a.ev").first.click()
    expect(visit.get_by_role("dialog", name="Evidence").locator("mark")).to_contain_text("that lamps are few")


def test_a_comparison_prints_side_by_side_with_its_marks(visit: Page) -> None:
    visit.goto(COMPARED)
    visit.emulate_media(media="print")
    decoration = "each => getComputedStyle(each).textDecorationLine"
    assert "line-through" in visit.locator(".cmp del").first.evaluate(decoration)
    assert "underline" in visit.locator(".cmp ins").first.evaluate(decoration)
    left, right = (visit.locator(ROWS + " .side").nth(side).bounding_box() for side in (0, 1))
    assert left is not None
    assert right is not None
    assert right["x"] > left["x"]
    expect(visit.get_by_role("button", name="Filter")).to_be_hidden()
