"""The site in a browser: the ways people go through it, by mouse and keyboard, on paper, and for assistive technology.

Needs Playwright (`make browser`) and Chromium (Debian: `apt install chromium`); says so and skips where one is absent.
"""

import shutil
import socket
import threading
import time

import pytest
from site_fixtures import served

from tests.conftest import ROOT

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: make browser")
axe_playwright = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe is not installed: make browser"
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None:
    pytest.skip("There is no Chromium: apt install chromium", allow_module_level=True)

DIRECTIVE = "trung-uong/2023/28-ct-tw"
REPORT = "kien-giang/2024/211-kh-tu"
PAGES = [
    "/",
    "/tra-cuu",
    "/tra-cuu?q=tre+em",
    "/tra-cuu?q=khong+co+gi+ca",
    f"/van-ban/{DIRECTIVE}",
    f"/van-ban/{REPORT}",
    f"/dong-van-ban/{DIRECTIVE}",
    f"/duong-noi?tu={REPORT}&den={DIRECTIVE}",
    "/tuan-thu",
    f"/tuan-thu/{DIRECTIVE}",
    "/phat-hien",
    "/thong-ke",
    "/kiem-tra",
    "/api",
    f"/dong-van-ban/{DIRECTIVE}?level=commune&ngay=2024-12-31",
    f"/duong-noi?tu=12/KH-UBND&den={DIRECTIVE}",
    "/duong-noi?tu=khong+co",
    "/nix",
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A site of corpus/ on a free port of the loopback interface."""
    import uvicorn

    with served(tmp_path_factory.mktemp("browser"), [ROOT / "corpus"]) as app, socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app.app(), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, address):
    """A page of a wide window; every address that it asks for is kept in `page.asked`."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.asked = []
    page.problems = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    yield page
    context.close()


def test_from_search_to_the_sentence_that_proves_it_and_back(page, address):
    page.goto("/")
    page.locator("#q").fill("28 ct tw")
    page.get_by_role("button", name="Tìm").click()
    page.locator("main .hits a[href*='/van-ban/']").first.click()
    assert page.url == f"{address}/van-ban/{DIRECTIVE}"
    page.goto(f"/dong-van-ban/{DIRECTIVE}")
    page.locator(f"svg a[href$='/{REPORT}']").first.click()
    assert page.url.endswith(REPORT)
    page.goto(f"/van-ban/{DIRECTIVE}")
    before = page.url
    proof = page.locator("section[aria-labelledby='in'] .evidence a").first
    proof.click()
    assert "#" in page.url
    sync_api.expect(page.locator(":target")).to_have_count(1)
    sync_api.expect(page.locator(".mention:target, .mention:has(:target), .proof:target")).to_be_visible()
    page.go_back()
    assert page.url == before


def test_the_keyboard_is_enough(page, address):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("#q").focus()
    page.keyboard.type("211-KH/TU")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tra-cuu?**")
    hit = page.locator(f"main a[href$='/van-ban/{REPORT}']").first
    for _ in range(80):
        if hit.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/van-ban/{REPORT}")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_fit_for_assistive_technology(page, path):
    page.goto(path)
    found = axe_playwright.Axe().run(page).response["violations"]
    grave = [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in ("serious", "critical")
    ]
    assert grave == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_fits_a_narrow_screen(page, path):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_another_host_or_breaks_its_own_policy(page, path, address):
    page.goto(path, wait_until="networkidle")
    assert page.asked
    assert [one for one in page.asked if not one.startswith((f"{address}/", "data:"))] == []
    assert [one for one in page.problems if "404" not in one] == []


@pytest.mark.parametrize(
    "path", [f"/van-ban/{REPORT}", f"/dong-van-ban/{DIRECTIVE}", f"/tuan-thu/{DIRECTIVE}", "/tuan-thu"]
)
def test_pages_print(page, path):
    page.goto(path)
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("width", [390, 1280])
def test_a_mention_says_where_it_leads_when_the_keyboard_reaches_it(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/van-ban/{REPORT}")
    said = "one => getComputedStyle(one, '::after').content"
    mention = page.locator(".text a.mention").first
    assert mention.evaluate(said) == "none"
    mention.focus()
    assert "Chỉ thị 28-CT/TW" in mention.evaluate(said)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert mention.evaluate(said) == "none"


def test_a_box_of_the_picture_is_reached_in_reading_order_and_opened(page):
    page.goto(f"/dong-van-ban/{DIRECTIVE}")
    page.locator("div.picture").focus()
    lefts = []
    for _ in range(page.locator("svg.lineage a").count()):
        page.keyboard.press("Tab")
        lefts.append(page.evaluate("Number(document.activeElement.querySelector('rect').getAttribute('x'))"))
    assert lefts == sorted(lefts)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/dong-van-ban/" in page.url
    assert not page.url.endswith(DIRECTIVE)


def test_documents_are_suggested_while_one_types(page):
    page.goto("/")
    box = page.get_by_role("combobox").first
    with page.expect_response("**/goi-y.json?q=1591"):
        box.press_sequentially("1591", delay=5)
    page.wait_for_function("document.querySelector('#q-offered').options.length > 0")
    assert page.locator("#q-offered option").first.get_attribute("value") == "1591/QĐ-TTg"


def test_a_draft_is_checked_and_what_differs_is_shown_beside_it(page):
    page.goto("/kiem-tra")
    page.get_by_role("textbox").first.fill("Thực hiện Báo cáo số 69/KH-UBND ngày 19/02/2024 của UBND tỉnh Kiên Giang.")
    page.locator("main form button").first.click()
    assert page.get_by_text("Tên loại và ký hiệu").first.is_visible()
