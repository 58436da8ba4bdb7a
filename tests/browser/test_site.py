"""What only a real browser shows: accessibility, reflow, keys, the drawer, life without scripts."""

from __future__ import annotations

import json
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from queryapp.views.frame import vendor
from tests.browser.conftest import PAGES, address

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
needs_assets = pytest.mark.skipif(not vendor(), reason="the scripts were not built: npm run build in queryapp/frontend")


def violations(page: Page, only: dict[str, object] | None = None) -> list[str]:
    """What axe finds against WCAG 2.2 AA, or against the rules of `only`; a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "async only => (await axe.run({runOnly: only, iframes: false})).violations",
        only or {"type": "tag", "values": TAGS},
    )
    return [f"{v['id']}: {node['target']} {node['html'][:120]}" for v in found for node in v["nodes"]]


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_breaks_an_accessibility_rule_in_light_or_dark(browser: Browser, base_url: str, width: int) -> None:
    context = browser.new_context(base_url=base_url, bypass_csp=True, viewport={"width": width, "height": 900})
    page, found = context.new_page(), {}
    for each in PAGES:
        page.emulate_media(color_scheme="light")
        page.goto(address(each))
        broken = violations(page)
        page.emulate_media(color_scheme="dark")
        broken += violations(page, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]})
        if broken:
            found[each] = broken
    context.close()
    assert found == {}


def test_no_page_writes_to_the_console_or_asks_another_host(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("request", lambda request: asked.append(request.url))
    for each in PAGES:
        page.goto(address(each), wait_until="load")
    context.close()
    assert said == []
    assert {url for url in asked if not url.startswith((base_url, "data:"))} == set()


def test_no_page_scrolls_sideways_at_320_pixels(narrow: Page) -> None:
    wide = {}
    for each in PAGES:
        narrow.goto(address(each))
        if (width := narrow.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[each] = width
    assert wide == {}


def test_the_first_tab_reaches_the_skip_link_and_it_works(page: Page) -> None:
    page.goto("/topics")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_works_without_scripts(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/things/topic/harbour-fees")
    page.locator("main a.ev").first.click()
    expect(page.locator("h1")).to_have_text("The sentence in its paragraph")
    expect(page.locator("mark")).to_contain_text("deferred the matter of harbour fees")
    page.goto("/query?question=topics_list")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("[role=status]")).to_contain_text("5 rows, complete")
    page.goto("/search?q=pilotage")
    expect(page.get_by_role("heading", name="Sentences")).to_be_visible()
    context.close()


@needs_assets
def test_evidence_opens_beside_the_fact_and_gives_the_focus_back(page: Page, base_url: str) -> None:
    page.goto("/things/topic/harbour-fees")
    way = page.locator("main a.ev").first
    way.click()
    drawer = page.get_by_role("dialog", name="Evidence")
    expect(drawer).to_be_visible()
    expect(drawer.locator("mark")).to_contain_text("deferred the matter of harbour fees")
    assert page.url == f"{base_url}/things/topic/harbour-fees"
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    assert page.evaluate("document.activeElement.classList.contains('ev')")


@needs_assets
def test_the_open_drawer_breaks_no_accessibility_rule(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, bypass_csp=True)
    page = context.new_page()
    page.goto("/things/topic/harbour-fees")
    page.locator("main a.ev").first.click()
    expect(page.get_by_role("dialog", name="Evidence").locator("mark")).to_be_visible()
    page.wait_for_timeout(300)  # the drawer slides in; colours are mixed until it stands
    broken = violations(page)
    context.close()
    assert broken == []


@needs_assets
def test_marks_of_the_lanes_open_their_sentence(page: Page) -> None:
    page.goto("/topics")
    page.get_by_role("link", name="Harbour fees: deferred (stated)").click()
    expect(page.locator("#drawer-body mark")).to_contain_text("deferred the matter of harbour fees")


@needs_assets
def test_the_editor_leaves_tab_to_the_page_and_marks_the_place_of_an_error(page: Page) -> None:
    page.goto("/query?query=SELECT%20*%20WHERE%20%7B%20%3Fs%20a%20rd%3AMeeting%20%7D")
    editor = page.locator(".cm-content")
    expect(editor).to_be_visible()
    expect(page.locator(".cm-lintRange-error")).to_have_text("rd:Meeting }")
    editor.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()


@needs_assets
def test_what_is_typed_in_the_editor_is_what_is_run(page: Page) -> None:
    page.goto("/query")
    editor = page.locator(".cm-content")
    editor.focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("SELECT (1 + 1 AS ?two) WHERE {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("td")).to_have_text("2")


def test_the_marks_of_the_lanes_can_be_read_out(page: Page) -> None:
    page.goto("/topics")
    names = page.locator("svg.lanes a.ev").evaluate_all("all => all.map(a => a.getAttribute('aria-label'))")
    assert "Tide tables: launched (planned)" in names
    assert "Night pilotage: launched (stated)" in names
    assert "Tidal power: no consensus (stated)" in names


def test_below_40_rem_the_lanes_are_a_list(narrow: Page) -> None:
    narrow.goto("/topics")
    expect(narrow.locator("svg.lanes")).to_be_hidden()
    expect(narrow.locator(".narrow").get_by_role("link", name="deferred")).to_be_visible()


def test_a_trace_prints_on_one_page(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    page.goto("/trace?from=consultation/cwg-harbour/2032-01")
    page.emulate_media(media="print")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    context.close()
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type /Page/") == 1


def test_the_choice_of_colours_is_kept(page: Page) -> None:
    page.goto("/topics")
    page.get_by_role("button", name="dark").click()
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    page.goto("/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 22, 31)"


def test_the_browser_asks_for_few_files_on_a_content_page(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/things/meeting/cwg-harbour/7", wait_until="load")
    real = [url for url in asked if not url.startswith("data:")]
    assert len(real) <= 6, json.dumps(real, indent=1)
