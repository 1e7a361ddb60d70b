// The review desk: warns before a typed comment is lost, keeps a double click from sending twice, and marks in the
// index which part of the filing is being read. Everything works without it.
const guarded = [...document.querySelectorAll("form[data-guard]")];

// The form that a link has opened; a fragment in the address keeps the browser's own autofocus from working.
document.querySelector(".desk-comment-form textarea")?.focus();

const isTyped = (form) => [...form.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);

let sending = false;
for (const form of guarded) {
  form.addEventListener("submit", (event) => {
    if (sending) {
      event.preventDefault();
      return;
    }
    sending = true;
  });
}
window.addEventListener("pageshow", () => { sending = false; });
window.addEventListener("beforeunload", (event) => {
  if (!sending && guarded.some(isTyped)) event.preventDefault();
});

const links = new Map(
  [...document.querySelectorAll(".desk-index a")].map((link) => [link.getAttribute("href").slice(1), link]),
);
if (links.size && "IntersectionObserver" in window) {
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.id).setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  for (const id of links.keys()) {
    const part = document.getElementById(id);
    if (part) watcher.observe(part);
  }
}
