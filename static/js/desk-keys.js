/* Keys of a filing page: an element with data-key="n" is followed when n is pressed, unless something is being typed. */
const STORE = "desk-keys-off";
const dialog = document.getElementById("desk-keys");
const help = document.querySelector("[data-keys-help]");
const choice = dialog?.querySelector("[data-keys-on]");

function isOff() {
  try {
    return localStorage.getItem(STORE) === "1";
  } catch {
    return false; // no storage in this browser
  }
}

function toggleHelp() {
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

if (dialog && help) {
  help.hidden = false;
  help.addEventListener("click", toggleHelp);
  choice.checked = !isOff();
  choice.addEventListener("change", () => {
    try {
      if (choice.checked) localStorage.removeItem(STORE);
      else localStorage.setItem(STORE, "1");
    } catch {
      choice.checked = true; // it cannot be remembered, so the keys stay
    }
  });
}

const isTyping = (element) => element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "?" && dialog && (dialog.open || !document.querySelector("dialog[open]"))) {
    event.preventDefault();
    toggleHelp();
    return;
  }
  if (event.shiftKey || isOff() || document.querySelector("dialog[open]")) return;
  const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(event.key));
  if (!target) return;
  event.preventDefault();
  if (target.disabled) document.getElementById(target.getAttribute("aria-describedby"))?.focus();
  else target.click();
});
