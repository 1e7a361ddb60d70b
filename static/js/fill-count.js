/* How much of a text's limit is used: 已写 35 / 500 字. Long texts always say it, one line only when it gets tight; a code
   of a fixed length says it only when it is too long, and what cannot be typed never. */

const TIGHT = 0.8;
const SHORT = 20;

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
  const over = length > limit;
  const tight = limit > SHORT ? length >= limit * TIGHT : over;
  place.hidden = input.readOnly || (input.tagName !== "TEXTAREA" && !tight);
  place.textContent = `已写 ${length} / ${limit} 字${over ? `，超过 ${length - limit} 字` : ""}`;
  place.classList.toggle("field__count--over", over);
}

export function startCounts(form) {
  for (const input of form.querySelectorAll("[data-limit]")) show(input);
  form.addEventListener("input", (event) => event.target.dataset.limit && show(event.target));
  form.addEventListener("focusin", (event) => event.target.dataset?.limit && show(event.target));
}
