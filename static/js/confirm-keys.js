// The confirm page of a decision by keyboard: a reason that must be written can be typed at once, and Ctrl+Enter confirms
// and goes on to the next filing, from a field too. Everything works without it.
const form = document.querySelector("form[data-confirm-keys]");

if (form) {
  const next = form.elements._next;
  next.querySelector("[data-confirm-hint]").hidden = !window.matchMedia("(hover: hover)").matches; // a telephone has no such keys
  if (form.elements.comment.required) form.elements.comment.focus();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(next);
  });
}
