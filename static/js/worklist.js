// The work list: areas that depend on each other, rows that are ticked, and keys (j k x Enter ?). Everything else
// works without it; an area then offers its children after 【查询】.
const filter = document.getElementById("desk-search");
const form = document.getElementById("worklist-form");

// Areas: the lower select offers only the children of the chosen one, and forgets what was chosen before.
const offer = (select, areas) => {
  select.replaceChildren(select.options[0], ...areas.map(({ value, label }) => new Option(label, value)));
  select.value = "";
};
for (const select of filter?.querySelectorAll("select[data-below]") ?? []) {
  let newest = 0;
  select.addEventListener("change", async () => {
    const turn = ++newest;
    for (let below = select; below.dataset.below;) {
      below = document.getElementById(below.dataset.below);
      offer(below, []);
    }
    if (!select.value) return;
    try {
      const answer = await fetch(`${filter.dataset.areas}?parent=${encodeURIComponent(select.value)}`, {
        headers: { Accept: "application/json" },
      });
      const { areas } = await answer.json();
      if (turn === newest) offer(document.getElementById(select.dataset.below), areas);
    } catch {
      filter.requestSubmit(); // the page itself can offer them
    }
  });
}

if (form) {
  const rows = [...form.querySelectorAll("tbody tr")];
  const boxOf = (row) => row.querySelector('input[name="selected"]');
  const linkOf = (row) => row.querySelector("th a");
  const whole = form.querySelector("[data-select-page]");
  const chosen = form.querySelector("[data-chosen]");
  const help = document.getElementById("worklist-keys");
  for (const part of form.querySelectorAll("[data-needs-script]")) part.hidden = false;

  const count = () => {
    const ticked = rows.filter((row) => boxOf(row).checked).length;
    whole.checked = ticked === rows.length;
    whole.indeterminate = ticked > 0 && ticked < rows.length;
    chosen.textContent = ticked ? `已选 ${ticked} 件` : "";
  };
  whole.addEventListener("change", () => {
    for (const row of rows) boxOf(row).checked = whole.checked;
    count();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "selected") count();
  });
  window.addEventListener("pageshow", count); // going back restores what was ticked

  // A double click must not send twice.
  let sending = false;
  form.addEventListener("submit", (event) => {
    if (sending) event.preventDefault();
    sending = true;
  });
  window.addEventListener("pageshow", () => { sending = false; });

  // Keys. The row that has the focus is the one they act on.
  const here = () => rows.findIndex((row) => row.contains(document.activeElement));
  form.addEventListener("focusin", () => {
    for (const row of rows) row.classList.toggle("worklist--here", row.contains(document.activeElement));
  });
  const go = (place) => {
    const row = rows[Math.min(Math.max(place, 0), rows.length - 1)];
    linkOf(row).focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const actions = {
    j: (place) => go(place + 1),
    k: (place) => go(place < 0 ? 0 : place - 1),
    x: (place) => {
      if (place < 0) return;
      boxOf(rows[place]).checked = !boxOf(rows[place]).checked;
      count();
    },
    "?": () => { help.hidden = !help.hidden; },
  };
  const isTyping = (target) =>
    target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isTyping(event.target)) return;
    // Enter on a tick box would press the first button of the form.
    if (event.key === "Enter" && event.target.name === "selected") {
      event.preventDefault();
      linkOf(rows[here()]).click();
    } else if (Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      actions[event.key](here());
    }
  });
}
