"""What a script can tell about the look of a page: names, headings, tables, contrast, room on a narrow screen."""

#: Run in the page; returns the findings as sentences. Ratios are those of WCAG 2.1 AA (1.4.3): 4.5, large text 3.
AUDIT = r"""
() => {
  const found = [];
  const shown = (node) => node.checkVisibility({ visibilityProperty: true });
  const named = (node) => {
    const text = (node.cloneNode(true).textContent || "").trim();
    const by = (node.getAttribute("aria-labelledby") || "").split(/\s+/).map((id) => document.getElementById(id));
    const images = [...node.querySelectorAll("img[alt]")].map((image) => image.alt).join("");
    const spoken = by.map((other) => (other ? other.textContent : "")).join("").trim();
    return (node.getAttribute("aria-label") || spoken || text || images || node.value || node.title || "").trim();
  };
  const where = (node) => {
    const marks = node.className && typeof node.className === "string" ? "." + node.className.split(" ")[0] : "";
    const text = (node.textContent || "").trim().replace(/\s+/g, " ").slice(0, 30);
    return `<${node.tagName.toLowerCase()}${node.id ? "#" + node.id : ""}${marks}> ${text}`;
  };
  const all = (selector) => [...document.querySelectorAll(selector)];

  if (document.documentElement.lang.toLowerCase() !== "zh-cn" && document.documentElement.lang !== "zh-hans") {
    found.push(`lang is ${document.documentElement.lang}`);
  }
  if (!document.title.trim()) found.push("no title");
  if (all("main").length !== 1) found.push(`${all("main").length} main`);
  if (all("h1").filter(shown).length !== 1) found.push(`${all("h1").filter(shown).length} h1`);
  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6").filter(shown)) {
    const next = Number(heading.tagName[1]);
    if (level && next > level + 1) found.push(`h${level} is followed by h${next}: ${where(heading)}`);
    level = next;
  }
  const ids = all("[id]").map((node) => node.id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) found.push(`id twice: ${id}`);
  for (const field of all("input:not([type=hidden]):not([type=submit]):not([type=button]), select, textarea")) {
    const label = [...(field.labels || [])].map((one) => one.textContent).join("").trim();
    if (!label && !field.getAttribute("aria-label") && !field.getAttribute("aria-labelledby")) {
      found.push(`field without label: ${field.name || where(field)}`);
    }
  }
  for (const label of all("label[for]")) {
    if (!document.getElementById(label.htmlFor)) found.push(`label for nothing: ${where(label)}`);
  }
  for (const name of ["aria-describedby", "aria-labelledby", "aria-controls"]) {
    for (const node of all(`[${name}]`)) {
      for (const id of node.getAttribute(name).split(/\s+/).filter(Boolean)) {
        if (!document.getElementById(id)) found.push(`${name} points to nothing: ${id}`);
      }
    }
  }
  for (const image of all("img:not([alt])")) found.push(`picture without alt: ${image.src}`);
  for (const frame of all("iframe:not([title])")) found.push(`frame without title: ${frame.src}`);
  for (const node of all("button, a[href], input[type=submit], summary")) {
    if (!named(node)) found.push(`no name: ${where(node)} ${node.getAttribute("href") || ""}`);
  }
  for (const link of all("a[href]")) {
    if (/^(这里|点击|点此|点击这里|更多|详情|here)$/.test(named(link))) found.push(`link says nothing: ${named(link)}`);
  }
  for (const table of all("table")) {
    if (!table.querySelector("th")) found.push(`table without th: ${where(table)}`);
    if (!table.caption && !table.getAttribute("aria-label") && !table.getAttribute("aria-labelledby")) {
      found.push(`table without caption: ${where(table)}`);
    }
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) {
    const edge = document.documentElement.clientWidth;
    const scrolls = (node) => {
      for (let one = node.parentElement; one && one !== document.body; one = one.parentElement) {
        if (getComputedStyle(one).overflowX !== "visible") return true;
      }
      return false;
    };
    const culprits = all("body *").filter((node) => node.getBoundingClientRect().right > edge + 1 && !scrolls(node));
    found.push(`${wide} px wider than the screen: ${culprits.slice(0, 3).map(where).join(" | ")}`);
  }

  const colour = (text) => {
    const parts = text.match(/[\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const light = (rgb) => {
    const [red, green, blue] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const { rgb, alpha } = colour(getComputedStyle(one).backgroundColor);
      if (alpha > 0.95) return rgb;
    }
    return [255, 255, 255];
  };
  const pale = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || node.closest("svg, script, style, option") || !shown(node)) continue;
    if (node.closest(":disabled")) continue;
    const style = getComputedStyle(node);
    const [one, other] = [light(colour(style.color).rgb), light(ground(node))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) pale.add(`contrast ${ratio.toFixed(1)}: ${where(node)}`);
  }
  return [...found, ...[...pale].slice(0, 8)];
}
"""
