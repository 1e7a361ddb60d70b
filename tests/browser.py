"""Debian's Chromium, driven as a person would: by the labels and buttons that are on the page."""
import os
from contextlib import contextmanager

from playwright.sync_api import expect, sync_playwright

PASSWORD = "Portal-Demo-2026"
#: Without these Chromium asks its maker's servers at every start.
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)


@contextmanager
def chromium():
    """Run a headless browser."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*QUIET, *as_root])
        try:
            yield browser
        finally:
            browser.close()


class Person:
    """Somebody with a browser window of his own, who notices when a page breaks a rule of the portal."""

    def __init__(self, browser, url, *, width=1366):
        self.url = url
        context = browser.new_context(
            base_url=url, viewport={"width": width, "height": 768}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        self.context = context
        context.set_default_timeout(10_000)
        self.page = context.new_page()
        self.complaints = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._answered)

    def _heard(self, message):
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def _answered(self, response):
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    def sign_in(self, login_name, *, at="/accounts/login/"):
        """Sign in and wait for the page that follows."""
        self.page.goto(at)
        self.page.locator("[name=username]").fill(login_name)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="登录").click()
        expect(self.page.locator("[name=password]")).to_have_count(0)
        return self

    def press(self, name, *, role="button", exact=True):
        """Press the button or follow the link with this name."""
        self.page.get_by_role(role, name=name, exact=exact).first.click()

    def follow(self, name, *, exact=True):
        """Follow a link."""
        self.press(name, role="link", exact=exact)

    def sees(self, text):
        """Wait until the text is on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def reads(self, *texts):
        """Wait until the page's main part contains each text."""
        for text in texts:
            expect(self.page.locator("main, #content").first).to_contain_text(text)
