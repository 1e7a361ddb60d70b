"""Naming devices: for people what a browser says about itself (Chrome 120，Windows 10), for forms a token."""
import functools

from ua_parser import parse

from portal.tools.crypto import blind_index

BROWSERS = {
    "Edge": "Edge 浏览器",
    "Edge Mobile": "Edge 浏览器",
    "Chrome Mobile": "Chrome",
    "Chrome Mobile WebView": "Chrome",
    "Firefox Mobile": "Firefox",
    "Mobile Safari": "Safari",
    "WeChat Browser": "微信",
    "QQ Browser": "QQ浏览器",
    "QQ Browser Mobile": "QQ浏览器",
    "Sogou Explorer": "搜狗浏览器",
    "360 Browser": "360浏览器",
    "UC Browser": "UC浏览器",
}
SYSTEMS = {"Mac OS X": "macOS", "Chrome OS": "ChromeOS"}
#: Browsers freeze these versions on purpose; showing them would be wrong for most people.
WITHOUT_VERSION = {"macOS", "Linux", "Ubuntu"}
UNKNOWN = "未知设备"


@functools.lru_cache(maxsize=1024)
def device_name(user_agent):
    """Return browser and system in words; 未知设备 when neither is known."""
    found = parse(user_agent)
    parts = [_browser(found.user_agent), _system(found.os)]
    return "，".join(part for part in parts if part) or UNKNOWN


def _browser(agent):
    if agent is None:
        return ""
    return f"{BROWSERS.get(agent.family, agent.family)} {agent.major or ''}".strip()


def _system(system):
    if system is None:
        return ""
    name = SYSTEMS.get(system.family, system.family)
    return name if name in WITHOUT_VERSION or not system.major else f"{name} {system.major}"


def device_token(session_key):
    """Return a name for a session that may stand in a page: the key itself would open the session."""
    return blind_index(f"device:{session_key}")[:32]
