/* 【预览】 as a dialog over the page: Esc closes, the arrow keys turn to the next file. Without it the links open pages. */

const links = () => [...document.querySelectorAll("a[data-preview]")].filter((link) => link.getClientRects().length);

let dialog = null;
let body, place, before, after;
let link = null; // the one whose file is shown
let asked = 0;

function button(text, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
}

function build() {
  dialog = document.createElement("dialog");
  dialog.className = "preview-dialog";
  dialog.setAttribute("aria-label", "预览佐证材料");
  const bar = document.createElement("div");
  bar.className = "preview-dialog__bar";
  place = document.createElement("span");
  place.className = "preview-dialog__place";
  place.setAttribute("role", "status");
  before = button("上一个", () => turn(-1));
  after = button("下一个", () => turn(1));
  bar.append(place, before, after, button("关闭", () => dialog.close()));
  body = document.createElement("div");
  body.className = "preview-dialog__body";
  dialog.append(bar, body);
  dialog.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  });
  dialog.addEventListener("click", (event) => {
    const inside = event.target.closest("a[data-preview-inside]");
    if (!inside || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load(inside.href);
  });
  dialog.addEventListener("close", () => {
    body.replaceChildren(); // stops what is still loading
    asked += 1;
    link?.focus();
  });
  document.body.append(dialog);
}

function message(text) {
  const line = document.createElement("p");
  line.className = "preview-dialog__message";
  line.setAttribute("role", "alert");
  line.textContent = text;
  body.replaceChildren(line);
}

function turn(step) {
  const all = links();
  const next = all[all.indexOf(link) + step];
  if (next) open(next);
}

function open(which) {
  if (!dialog) build();
  link = which;
  const all = links();
  const index = all.indexOf(link);
  place.textContent = `第 ${index + 1} 个，共 ${all.length} 个`;
  if (!dialog.open) dialog.showModal();
  for (const [turner, dead] of [[before, index === 0], [after, index === all.length - 1]]) {
    if (dead && document.activeElement === turner) dialog.querySelector("button:last-of-type").focus();
    turner.disabled = dead;
  }
  load(link.href);
}

async function load(address) {
  asked += 1;
  const mine = asked;
  message("正在打开…");
  const answer = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
  const text = answer ? await answer.text().catch(() => "") : "";
  if (mine !== asked) return; // turned on or closed meanwhile
  if (!answer) {
    message("网络中断，没有打开。请检查网络后再试。");
    return;
  }
  const part = answer.ok && new DOMParser().parseFromString(text, "text/html").querySelector("[data-preview-part]");
  if (part) {
    body.replaceChildren(document.adoptNode(part)); // our own template, rendered and escaped by the server
    body.querySelector("[data-preview-name]").focus();
    return;
  }
  let said = "";
  try {
    said = JSON.parse(text).message;
  } catch {
    said = "";
  }
  message(said || (answer.status === 404 ? "找不到这个文件，可能已被移除，请刷新页面。" : `没有打开（${answer.status}），请稍后再试，或下载后查看。`));
}

document.addEventListener("click", (event) => {
  const clicked = event.target.closest("a[data-preview]");
  if (!clicked || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !window.HTMLDialogElement) return;
  event.preventDefault();
  open(clicked);
});
