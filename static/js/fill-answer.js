/* Puts the answer of a save into the page: computed fields, messages at fields, section states, the self-score. */

export function showStates(states) {
  for (const [key, { code, label }] of Object.entries(states)) {
    for (const badge of document.querySelectorAll(`[data-state-of="${key}"]`)) {
      badge.className = `task-state task-state--${code}`;
      badge.textContent = label;
    }
  }
  const done = Object.values(states).filter((state) => state.code === "done").length;
  document.querySelector("[data-done-count]").textContent = done;
}

function showComputed(computed) {
  for (const [key, { shown, reason }] of Object.entries(computed)) {
    const output = document.querySelector(`[data-computed="${key}"]`);
    if (!output) continue;
    output.textContent = shown || "—";
    document.querySelector(`[data-computed-reason="${key}"]`).textContent = reason;
  }
}

function showDerived(derived) {
  for (const [anchor, { shown, note }] of Object.entries(derived)) {
    const output = document.querySelector(`[data-derived="${anchor}"]`);
    if (!output) continue;
    output.textContent = shown || "—";
    document.querySelector(`[data-derived-note="${anchor}"]`).textContent = note;
  }
}

function paragraphs(texts) {
  return texts.map((text) => {
    const line = document.createElement("p");
    line.textContent = text;
    return line;
  });
}

function showWarnings(form, warnings) {
  for (const place of form.querySelectorAll("[data-warning-of]")) {
    const texts = warnings[place.dataset.warningOf] ?? [];
    place.replaceChildren(...paragraphs(texts.map((text) => `请核实：${text}`)));
  }
}

function showErrors(form, errors) {
  for (const place of form.querySelectorAll("[data-error-of]")) {
    const texts = errors[place.dataset.errorOf] ?? [];
    place.replaceChildren(...paragraphs(texts));
    const field = place.closest(".field");
    field?.classList.toggle("field--error", texts.length > 0);
    for (const input of field?.querySelectorAll("input, select, textarea") ?? []) {
      const described = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
      if (texts.length) {
        input.setAttribute("aria-invalid", "true");
        described.add(place.id);
      } else {
        input.removeAttribute("aria-invalid");
        described.delete(place.id);
      }
      if (described.size) input.setAttribute("aria-describedby", [...described].join(" "));
      else input.removeAttribute("aria-describedby");
    }
  }
}

function showPanel(html, summary) {
  const panel = document.querySelector("#score-panel");
  const open = [...panel.querySelectorAll("details")].map((part) => part.open);
  panel.innerHTML = html; // our own template, rendered and escaped by the server
  panel.querySelectorAll("details").forEach((part, index) => { part.open = open[index] ?? false; });
  document.querySelector("[data-score]").innerHTML = summary;
}

export function showAnswer(form, data) {
  showComputed(data.computed);
  showDerived(data.derived);
  showErrors(form, data.errors);
  showWarnings(form, data.warnings);
  showStates(data.states);
  showPanel(data.panel, data.summary);
}
