// Moves a column up or down without loading the page anew, greys out the columns when the content is no list, and keeps
// a double click from ordering twice. Without this script the buttons are posted and do the same.
const form = document.querySelector("[data-export-form]");
const columns = form.querySelector("[data-export-columns]");
const status = form.querySelector("[data-export-status]");

columns.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=_up], button[name=_down]");
  if (!button) return;
  event.preventDefault();
  const item = button.closest("li");
  const isUp = button.name === "_up";
  const other = isUp ? item.previousElementSibling : item.nextElementSibling;
  const title = item.querySelector("[data-title]").textContent;
  if (other) (isUp ? other.before(item) : other.after(item));
  button.focus();
  const place = [...item.parentElement.children].indexOf(item) + 1;
  status.textContent = `“${title}”现在是第 ${place} 列。`;
});

function show() {
  const chosen = form.querySelector("input[name=kind]:checked");
  columns.hidden = Boolean(chosen) && chosen.value === "pdfs";
}
for (const radio of form.querySelectorAll("input[name=kind]")) radio.addEventListener("change", show);
show();

let sending = false;
form.addEventListener("submit", (event) => {
  if (sending) return event.preventDefault();
  sending = event.submitter?.name === "_order";
});
window.addEventListener("pageshow", () => { sending = false; });
