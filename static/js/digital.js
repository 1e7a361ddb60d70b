/* The two stages of 数字化水平评测: answers save themselves and are never lost (works without this script too).

   Only changed answers are sent, WAIT after the last change. When a save fails, they go to this browser's storage, the
   bar says why, and the save is tried again: after RETRY, when the network is back, after a login. */

import { describeDifference, differingNames } from "./fill-conflict.js";
import { dropCopy, keepCopy, labelOf, readCopy, setValue, shownValue, valueOf } from "./fill-copy.js";
import { send, sentence, signInAgain } from "./fill-session.js";

const WAIT = 1000; // milliseconds after the last change
const RETRY = 10000; // milliseconds after a failure that may pass

const form = document.querySelector("#fill-form");
const bar = document.querySelector("[data-save-state]");
const staleBox = document.querySelector("[data-stale]");
const restoreBox = document.querySelector("[data-restore]");
const closedBox = document.querySelector("[data-closed]");
const dirty = new Set(); // names of answers with unsaved changes
let sending = new Set(); // names in the request that is under way
let saving = null;
let timer = 0;
let paused = form.dataset.conflict === "yes";
let closed = false;

function say(text, look = "") {
  bar.textContent = text;
  bar.className = `sticky-actions__status${look ? ` sticky-actions__status--${look}` : ""}`;
}

/* The window may be closed before the server has what was answered. Returns whether the browser took the copy. */
function keep() {
  return keepCopy(form, new Set([...sending, ...dirty]), {});
}

function schedule(wait = WAIT) {
  clearTimeout(timer);
  if (!paused && !closed) timer = setTimeout(() => save(), wait);
}

function allNames() {
  return new Set([...form.elements].filter(isAnswer).map((element) => element.name));
}

function isAnswer(element) {
  return Boolean(element.name && element.closest("[data-question]"));
}

/* Save what is unsaved, or everything; resolves to whether it is stored. One save at a time. */
async function save({ everything = false } = {}) {
  clearTimeout(timer);
  while (saving) await saving;
  if (closed || (!everything && dirty.size === 0)) return !closed;
  saving = saveOnce(everything);
  try {
    return await saving;
  } finally {
    saving = null;
  }
}

async function saveOnce(everything) {
  const names = everything ? allNames() : new Set(dirty);
  const body = new URLSearchParams({ version: form.elements.version.value });
  for (const name of names) {
    body.append("field", name);
    body.append(name, valueOf(form, name));
  }
  const sent = new Set(dirty);
  sending = sent;
  dirty.clear();
  say("保存中…");
  const { status, data } = await send(form.dataset.saveUrl, body);
  sending = new Set();
  if (status === 200 && data) return saved(data);
  sent.forEach((name) => dirty.add(name));
  return failed(status, data, everything);
}

function saved(data) {
  form.elements.version.value = data.version;
  paused = false;
  staleBox.hidden = true;
  show(data);
  if (dirty.size) {
    keep();
    schedule();
  } else {
    dropCopy(form);
  }
  say(`已暂存 ${data.saved_at}`, "success");
  return true;
}

async function failed(status, data, everything) {
  if (data?.code === "wrong_state") {
    close(data.message);
    return false;
  }
  const kept = keep();
  say(`未保存：${sentence(status, data, "作答")}（${kept ? "作答已保留在本机" : "请不要关闭本页"}）`, "danger");
  if (status === 401) return (await signInAgain()) ? saveOnce(everything) : false;
  if (status === 409 && data?.code === "stale") showStale(data);
  else if (status === 0 || status >= 500 || status === 403) schedule(RETRY);
  return false;
}

/* The stage was ended or given up in another window: nothing typed here can be saved any more. */
function close(message) {
  closed = true;
  dirty.clear();
  dropCopy(form);
  say("不能继续作答", "danger");
  closedBox.querySelector("[data-closed-message]").textContent = message;
  closedBox.hidden = false;
  closedBox.focus();
  closedBox.scrollIntoView({ block: "center" });
}

/* What the server makes of the answers: how many, the options that follow from figures, what is wrong. */
function show(data) {
  document.querySelector("[data-answered]").textContent = data.answered;
  document.querySelector("[data-progress]").value = data.answered;
  for (const [key, reading] of Object.entries(data.readings ?? {})) {
    form.querySelector(`[data-reading="${key}"]`).textContent = reading?.shown ?? "填写完整后自动计算";
    for (const band of form.querySelectorAll(`[data-band^="${key}-"]`)) {
      const chosen = band.dataset.band === `${key}-${reading?.option}`;
      band.classList.toggle("digital-bands--chosen", chosen);
      band.querySelector(".digital-bands__mark").hidden = !chosen;
    }
  }
  if (!data.errors) return;
  for (const place of form.querySelectorAll("[data-error]")) {
    const text = data.errors[place.dataset.error] ?? "";
    place.textContent = text;
    place.closest(".field").classList.toggle("field--error", Boolean(text));
    const input = document.getElementById(`f-${place.dataset.error}`);
    if (text) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
  }
  for (const place of form.querySelectorAll("[data-warning]")) {
    place.textContent = data.warnings[place.dataset.warning] ?? "";
  }
}

/* Another window saved: show both answers, let the person choose. */
function showStale(data) {
  paused = true;
  clearTimeout(timer);
  form.dataset.otherVersion = data.version;
  const differing = differingNames(form, dirty, data.theirs);
  if (differing.length === 0) {
    takeTheirs(); // what is unsaved here is stored there already, e.g. by this page's own last request
    return;
  }
  staleBox
    .querySelector("[data-stale-list]")
    .replaceChildren(...differing.map((name) => describeDifference(form, name, data.theirs[name])));
  staleBox.hidden = false;
  staleBox.focus();
  staleBox.scrollIntoView({ block: "center" });
}

function takeTheirs() {
  dirty.clear();
  dropCopy(form);
  location.reload();
}

staleBox.querySelector("[data-stale-theirs]").addEventListener("click", takeTheirs);
staleBox.querySelector("[data-stale-mine]").addEventListener("click", async () => {
  form.elements.version.value = form.dataset.otherVersion;
  paused = false;
  if (await save()) location.reload(); // shows the other window's answers as well
});

/* What could not be saved the last time is offered, never put in unasked. */
function offerCopy() {
  const copy = readCopy(form);
  if (!copy) return;
  restoreBox.querySelector("[data-restore-time]").textContent = copy.at.toLocaleString("zh-CN");
  restoreBox.querySelector("[data-restore-list]").replaceChildren(
    ...Object.entries(copy.values).map(([name, value]) => {
      const line = document.createElement("li");
      const present = shownValue(form, name, valueOf(form, name));
      line.textContent = `${labelOf(form, name)}：本机“${shownValue(form, name, value)}”，已保存“${present}”`;
      return line;
    }),
  );
  restoreBox.hidden = false;
  restoreBox.querySelector("[data-restore-yes]").onclick = async () => {
    for (const [name, value] of Object.entries(copy.values)) {
      setValue(form, name, value);
      dirty.add(name);
    }
    keep();
    dropCopy(form, copy.keys);
    restoreBox.hidden = true;
    await save();
  };
  restoreBox.querySelector("[data-restore-no]").onclick = () => {
    dropCopy(form, copy.keys);
    restoreBox.hidden = true;
  };
}

/* “无” empties the other boxes of its question, and the other way round. */
function onlyExclusive(box) {
  if (!box.dataset.choices || !box.checked) return;
  for (const other of form.elements[box.name]) {
    if (other !== box && [box, other].some((each) => each.dataset.choices === "exclusive")) other.checked = false;
  }
}

function changed(event) {
  if (!isAnswer(event.target)) return;
  onlyExclusive(event.target);
  dirty.add(event.target.name);
  keep();
  if (!saving) say("有未保存的修改", "warn");
  schedule();
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!(await save({ everything: true }))) return;
  if (event.submitter?.value === "end") location.assign(form.dataset.endUrl);
  else say(`暂存成功　${bar.textContent}`, "success");
});

addEventListener("online", () => dirty.size && schedule(0));
document.addEventListener("visibilitychange", () => document.hidden && !paused && save());
addEventListener("beforeunload", (event) => {
  if (dirty.size || saving) event.preventDefault();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // the back button must not bring a stage back that is over
});

offerCopy();
if (paused) {
  allNames().forEach((name) => dirty.add(name));
  keep();
}
document.querySelector("#error-summary")?.focus();
