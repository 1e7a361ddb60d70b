/* A copy of unsaved values in this browser, keyed by account and filing. Only fields that could not be saved are kept,
   and the copy goes away with the next successful save. */

const keyOf = (form) => `portal-draft-${form.dataset.user}-${form.dataset.filing}`;

export function valueOf(form, name) {
  const found = form.elements[name];
  if (!found) return null;
  if (found.type === "checkbox") return found.checked ? "yes" : "";
  return found.value;
}

export function setValue(form, name, value) {
  const found = form.elements[name];
  if (!found) return null;
  if (found.type === "checkbox") found.checked = value === "yes";
  else found.value = value;
  return found instanceof RadioNodeList ? found[0] : found;
}

export function labelOf(form, name) {
  const found = form.elements[name];
  const field = found instanceof RadioNodeList ? found[0] : found;
  const spoken = field?.getAttribute("aria-label");
  if (spoken) return spoken;
  const label = field?.closest(".field")?.querySelector(".field__label, .fill-agree > span");
  return (label?.firstChild?.textContent ?? name).trim();
}

/* Returns whether the browser took the copy (storage may be full or switched off). */
export function keepCopy(form, names) {
  const values = Object.fromEntries([...names].map((name) => [name, valueOf(form, name)]));
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values }));
    return true;
  } catch {
    return false;
  }
}

export function dropCopy(form) {
  try {
    localStorage.removeItem(keyOf(form));
  } catch {
    /* storage is switched off: there is no copy either */
  }
}

/* Returns { at, values } with the values that differ from the page, or null. */
export function readCopy(form) {
  try {
    const copy = JSON.parse(localStorage.getItem(keyOf(form)));
    const differing = Object.entries(copy.values).filter(([name, value]) => {
      const present = valueOf(form, name);
      return present !== null && present !== value;
    });
    if (differing.length) return { at: new Date(copy.at), values: Object.fromEntries(differing) };
  } catch {
    return null;
  }
  dropCopy(form);
  return null;
}
