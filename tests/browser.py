"""Debian's Chromium, driven as a person would: by the labels and buttons that are on the page."""
import base64
import os
import re
import time
from contextlib import contextmanager

from django_otp.oath import hotp
from playwright.sync_api import expect, sync_playwright

PASSWORD = "Portal-Demo-2026"
#: Without these Chromium asks its maker's servers at every start.
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)


def launch_options():
    """Return which browser playwright starts, and how."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": "/usr/bin/chromium", "args": [*QUIET, *as_root]}


@contextmanager
def chromium():
    """Run a headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def chromium_at(browser, profile):
    """Run a second browser that keeps its cookies and its storage in the folder ``profile``; yield its context."""
    context = browser.browser_type.launch_persistent_context(profile, locale="zh-CN", **launch_options())
    try:
        yield context
    finally:
        context.close()


#: The telephones of the officers who have bound one in this run, by portal and login name.
_telephones = {}
STEP_SECONDS = 30


class Telephone:
    """An authenticator (RFC 6238) whose clock may run ahead.

    The portal takes no code twice and follows a clock that is off by a step; so a second sign-in within thirty seconds
    shows the next code instead of waiting for it.
    """

    def __init__(self, secret):
        self.key = base64.b32decode(secret.replace(" ", ""))
        self.ahead = 0
        self.last = 0

    def code(self):
        """Return a code that was not shown before."""
        now = int(time.time()) // STEP_SECONDS
        self.last = max(now + self.ahead, self.last + 1)
        self.ahead = self.last - now
        return f"{hotp(self.key, self.last):06d}"


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
        """Sign in, officers with the code of their telephone, and wait for the page that follows."""
        self.give_password(login_name, at=at)
        if self.page.locator("[data-secret]").count():
            self.bind_telephone(login_name)
            self.page.get_by_role("link", name="已保存，进入审核工作台").click()
        elif "/accounts/second-factor/" in self.page.url:
            self.page.locator("[name=code]").fill(_telephones[self.url, login_name].code())
            self.page.get_by_role("button", name="确认").click()
        expect(self.page).not_to_have_url(re.compile("/accounts/(second-factor|login)/"))
        return self

    def give_password(self, login_name, *, at="/accounts/login/"):
        """Do the first half of signing in: login name and password."""
        self.page.goto(at)
        self.page.locator("[name=username]").fill(login_name)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="登录", exact=True).click()
        expect(self.page.locator("[name=password]")).to_have_count(0)

    def bind_telephone(self, login_name):
        """Bind a new telephone on the page that asks for it; return the recovery codes that are shown once."""
        telephone = Telephone(self.page.locator("[data-secret]").inner_text())
        _telephones[self.url, login_name] = telephone
        self.page.locator("[name=code]").fill(telephone.code())
        self.page.get_by_role("button", name="确认绑定").click()
        expect(self.page.locator(".recovery-codes li")).to_have_count(10)
        return self.page.locator(".recovery-codes code").all_inner_texts()

    def code(self, login_name):
        """Return a code, not shown before, of the telephone that was bound for this account."""
        return _telephones[self.url, login_name].code()

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
