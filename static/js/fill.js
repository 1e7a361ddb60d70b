/* The fill-in page: saves sections by themselves, and never loses what was typed (works without this script too).

   A changed section is sent WAIT after the last change. When a save fails, the unsaved values go to this browser's
   storage, the bar says why, and the save is tried again: after RETRY, when the network is back, after a login. */

import { showAnswer } from "./fill-answer.js";
import { dropCopy, keepCopy, labelOf, readCopy, setValue, valueOf } from "./fill-copy.js";
import { send, sentence, signInAgain } from "./fill-session.js";
import { startUploads, uploadsUnderWay } from "./upload.js";

const WAIT = 1500; // milliseconds after the last change
const RETRY = 15000; // milliseconds after a failure that may pass

const form = document.querySelector("#fill-form");
const bar = document.querySelector("[data-save-state]");
const staleBox = document.querySelector("[data-stale]");
const restoreBox = document.querySelector("[data-restore]");
const dirty = new Set();
let saving = null;
let timer = 0;
let paused = form.dataset.conflict === "yes";

function say(text, look = "") {
  bar.textContent = text;
  bar.className = `sticky-actions__status${look ? ` sticky-actions__status--${look}` : ""}`;
}

function sectionOf(name) {
  return name.slice(0, name.indexOf("-"));
}

function isAnswer(element) {
  return Boolean(element.name && element.closest("[data-section]") && element.type !== "file" && element.type !== "submit");
}

function schedule(wait = WAIT) {
  clearTimeout(timer);
  if (!paused) timer = setTimeout(() => save(), wait);
}

function bodyOf(sections) {
  const body = new URLSearchParams({ version: form.elements.version.value });
  for (const key of sections) body.append("section", key);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && sections.has(sectionOf(name))) body.append(name, value);
  }
  return body;
}

function allSections() {
  return new Set([...form.querySelectorAll("[data-section]")].map((section) => section.dataset.section));
}

/* Save what is unsaved, or everything; resolves to whether it is stored. One save at a time. */
async function save({ everything = false } = {}) {
  clearTimeout(timer);
  while (saving) await saving;
  if (!everything && dirty.size === 0) return true;
  saving = saveOnce(everything);
  try {
    return await saving;
  } finally {
    saving = null;
  }
}

async function saveOnce(everything) {
  const sent = new Set(dirty);
  const sections = everything ? allSections() : new Set([...sent].map(sectionOf));
  const body = bodyOf(sections);
  dirty.clear();
  say("保存中…");
  const { status, data } = await send(form.dataset.saveUrl, body);
  if (status === 200 && data) return saved(data);
  sent.forEach((name) => dirty.add(name));
  return failed(status, data, everything);
}

function saved(data) {
  form.elements.version.value = data.version;
  paused = false;
  staleBox.hidden = true;
  showAnswer(form, data);
  if (dirty.size) {
    schedule();
  } else {
    dropCopy(form);
  }
  say(`已暂存 ${data.saved_at}`, "success");
  return true;
}

async function failed(status, data, everything = false) {
  const kept = keepCopy(form, dirty);
  const where = kept ? "内容已保留在本机" : "请不要关闭本页";
  say(`未保存：${sentence(status, data)}（${where}）`, "danger");
  if (status === 401) {
    if (await signInAgain()) return saveOnce(everything);
    return false;
  }
  if (status === 409 && data?.code === "stale") {
    showStale(data);
  } else if (status === 0 || status >= 500 || status === 403) {
    schedule(RETRY);
  }
  return false;
}

/* Another window saved: show both values, let the person choose. */
function showStale(data) {
  paused = true;
  clearTimeout(timer);
  form.dataset.otherVersion = data.version;
  const list = staleBox.querySelector("[data-stale-list]");
  const differing = [...dirty].filter((name) => data.theirs[name] && data.theirs[name].value !== valueOf(form, name));
  if (differing.length === 0) {
    takeTheirs(); // what is unsaved here is stored there already, e.g. by this page's own last request
    return;
  }
  staleBox.querySelector("[data-stale-message]").textContent =
    `${data.saved_at} 在另一个窗口保存过。您在本页填写的内容没有丢失，下列栏目两边不同：`;
  list.replaceChildren(
    ...differing.map((name) => {
      const line = document.createElement("li");
      const { label, value } = data.theirs[name];
      line.textContent = `${label}：本页“${valueOf(form, name) || "空白"}”，另一窗口“${value || "空白"}”`;
      return line;
    }),
  );
  staleBox.hidden = false;
  staleBox.focus();
  staleBox.scrollIntoView({ block: "center" });
}

staleBox.querySelector("[data-stale-mine]").addEventListener("click", async () => {
  form.elements.version.value = form.dataset.otherVersion;
  paused = false;
  // Only the fields changed here are laid over the other window's form, so that its other fields stay.
  await saveChangedOver();
});

async function saveChangedOver() {
  const body = new URLSearchParams({ version: form.elements.version.value });
  const sections = new Set([...dirty].map(sectionOf));
  for (const key of sections) body.append("section", key);
  for (const name of dirty) body.append(name, valueOf(form, name));
  for (const box of form.querySelectorAll("[data-section] input[type=checkbox]")) {
    if (box.checked && !dirty.has(box.name) && sections.has(sectionOf(box.name))) body.append(box.name, "yes");
  }
  const { status, data } = await send(form.dataset.saveUrl, body);
  if (status !== 200 || !data) return failed(status, data);
  dirty.clear();
  dropCopy(form);
  location.reload(); // shows the other window's fields as well
  return true;
}

function takeTheirs() {
  dirty.clear();
  dropCopy(form);
  location.reload();
}

staleBox.querySelector("[data-stale-theirs]").addEventListener("click", takeTheirs);

/* What could not be saved the last time is offered, never put in unasked. */
function offerCopy() {
  const copy = readCopy(form);
  if (!copy) return;
  restoreBox.querySelector("[data-restore-time]").textContent = copy.at.toLocaleString("zh-CN");
  restoreBox.querySelector("[data-restore-list]").replaceChildren(
    ...Object.entries(copy.values).map(([name, value]) => {
      const line = document.createElement("li");
      line.textContent = `${labelOf(form, name)}：本机“${value || "空白"}”，已保存“${valueOf(form, name) || "空白"}”`;
      return line;
    }),
  );
  restoreBox.hidden = false;
  restoreBox.querySelector("[data-restore-yes]").onclick = async () => {
    for (const [name, value] of Object.entries(copy.values)) {
      setValue(form, name, value);
      dirty.add(name);
    }
    restoreBox.hidden = true;
    showDependent();
    const pickers = ["registered_region", "industry", "product"].map((name) => `basic-${name}`);
    const reload = pickers.some((name) => name in copy.values);
    if ((await save()) && reload) location.reload(); // the pickers draw themselves from the stored codes
  };
  restoreBox.querySelector("[data-restore-no]").onclick = () => {
    dropCopy(form);
    restoreBox.hidden = true;
  };
}

function showDependent() {
  for (const part of form.querySelectorAll("[data-show-when]")) {
    part.hidden = valueOf(form, part.dataset.showWhen) !== part.dataset.showValue;
  }
}

function changed(event) {
  if (!isAnswer(event.target)) return;
  dirty.add(event.target.name);
  if (event.type === "change") showDependent();
  if (!saving) say("有未保存的修改", "warn");
  schedule();
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);

form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (button?.dataset.native) return; // saved just now: 【实名信息同步】 goes through the server
  event.preventDefault();
  if (uploadsUnderWay()) {
    say("有文件正在上传，请等上传完成后再继续", "warn");
    return;
  }
  if (!(await save({ everything: true }))) return;
  const action = button?.value;
  if (action === "check") {
    location.assign(form.dataset.checkUrl);
  } else if (action === "sync") {
    button.dataset.native = "yes";
    form.requestSubmit(button);
  } else {
    say(`暂存成功　${bar.textContent}`, "success");
  }
});

document.querySelector("#download-form").addEventListener("submit", async (event) => {
  if (dirty.size === 0) return;
  event.preventDefault();
  if (await save()) event.target.submit();
});

addEventListener("online", () => dirty.size && schedule(0));
document.addEventListener("visibilitychange", () => document.hidden && !paused && save());
addEventListener("beforeunload", (event) => {
  if (dirty.size || saving || uploadsUnderWay()) event.preventDefault();
});

form.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
showDependent();
offerCopy();
startUploads(form);
if (paused) for (const name of new Set([...form.elements].filter(isAnswer).map((element) => element.name))) dirty.add(name);
document.querySelector("#error-summary, #file-summary")?.focus();
