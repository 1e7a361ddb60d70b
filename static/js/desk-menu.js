/* The list under 更多 closes when the reader leaves it or presses Escape. Without scripts its heading opens and closes it. */
const more = document.querySelector(".desk-menu__more");

if (more) {
  more.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !more.open) return;
    event.preventDefault(); // this Escape is used up
    more.open = false;
    more.querySelector("summary").focus();
  });
  more.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !more.contains(event.relatedTarget)) more.open = false;
  });
  document.addEventListener("pointerdown", (event) => {
    if (!more.contains(event.target)) more.open = false;
  });
}
