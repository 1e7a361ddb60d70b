// The review desk: warns before a typed comment is lost, keeps a double click from sending twice, marks in the
// index which part of the filing is being read, and opens what is folded for a link into it and for paper.
// Everything works without it.
const guarded = [...document.querySelectorAll("form[data-guard]")];

// The form that a link has opened: after the browser has gone to the fragment of the address, which takes the focus.
window.addEventListener("load", () => document.querySelector(".desk-comment-form textarea")?.focus({ preventScroll: true }));

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
      const link = links.get(entry.target.id);
      link.setAttribute("aria-current", "true");
      const index = link.closest(".desk-index");
      const beyond = link.getBoundingClientRect().bottom - index.getBoundingClientRect().bottom;
      const before = link.getBoundingClientRect().top - index.getBoundingClientRect().top;
      if (beyond > 0) index.scrollTop += beyond + 40;
      else if (before < 0) index.scrollTop += before - 40;
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  for (const id of links.keys()) {
    const part = document.getElementById(id);
    if (part) watcher.observe(part);
  }
}

// A narrow window has the index above the text: folded there, open beside it.
if (window.matchMedia("(max-width: 1023px)").matches) {
  for (const fold of document.querySelectorAll("[data-fold]")) fold.open = false;
}

function unfold() {
  const part = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = part && part.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (part) part.scrollIntoView();
}
window.addEventListener("hashchange", unfold);
unfold();

let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const fold of opened) fold.open = true;
});
window.addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
});
