/* On a slow network somebody types before the script of the page is here: that counts as typed. */

/* Return the inputs that differ from what the server sent. Not after 【后退】: then the browser itself puts old values back,
   which may be older than what is stored. Selects are left out, because the pickers fill theirs by script. */
export function typedEarly(form) {
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return [];
  return [...form.elements].filter((element) => {
    if (element.readOnly || element.disabled || !["INPUT", "TEXTAREA"].includes(element.tagName)) return false;
    if (["checkbox", "radio"].includes(element.type)) return element.checked !== element.defaultChecked;
    return !["hidden", "file"].includes(element.type) && element.value !== element.defaultValue;
  });
}
