// Shows at once when a publicity of so many working days ends. Without this script the page after the form says it.
const form = document.querySelector("form[data-last-day-url]");
const place = form.querySelector("[data-last-day]");
const fields = [form.elements.starts_on, form.elements.working_days];
let newest = 0;

async function ask() {
  const mine = ++newest;
  const query = new URLSearchParams(fields.map((field) => [field.name, field.value]));
  try {
    const answer = await fetch(`${form.dataset.lastDayUrl}?${query}`, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    const data = await answer.json();
    if (mine !== newest) return;
    place.textContent = data.message ?? "";
    place.hidden = !place.textContent;
  } catch {
    if (mine === newest) place.hidden = true;
  }
}

for (const field of fields) field.addEventListener("input", ask);
ask();
