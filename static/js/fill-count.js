/* How much of a text's limit is used: 已写 35 / 500 字. Long texts always say it, one line only when it gets tight. */

const TIGHT = 0.8;

/* As the server counts: characters, without the spaces at both ends. */
function lengthOf(text) {
  return [...text.replaceAll("\r\n", "\n").trim()].length;
}

function show(input) {
  const limit = Number(input.dataset.limit);
  const length = lengthOf(input.value);
  const field = input.closest(".field");
  if (!field) return;
  let place = field.querySelector("[data-count]");
  if (!place) {
    place = document.createElement("p");
    place.className = "field__count";
    place.dataset.count = "";
    field.append(place);
  }
  place.hidden = input.tagName !== "TEXTAREA" && length < limit * TIGHT;
  const over = length > limit;
  place.textContent = `已写 ${length} / ${limit} 字${over ? `，超过 ${length - limit} 字` : ""}`;
  place.classList.toggle("field__count--over", over);
}

export function startCounts(form) {
  for (const input of form.querySelectorAll("[data-limit]")) show(input);
  form.addEventListener("input", (event) => event.target.dataset.limit && show(event.target));
  form.addEventListener("focusin", (event) => event.target.dataset?.limit && show(event.target));
}
