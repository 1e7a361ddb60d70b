/* The fill-in page: saves sections by themselves, and never loses what was typed (works without this script too).

   What is typed goes to this browser's storage at once and stays there until the server has it. A changed section is
   sent WAIT after the last change. When a save fails, the bar says why, and the save is tried again: after RETRY, when
   the network is back, after a login. */

import { showAnswer } from "./fill-answer.js";
import { chosenRows, describeDifference, differingNames } from "./fill-conflict.js";
import { dropCopy, keepCopy, valueOf } from "./fill-copy.js";
import { startCounts } from "./fill-count.js";
import { typedEarly } from "./fill-early.js";
import { offerCopy } from "./fill-restore.js";
import { send, sentence, signInAgain } from "./fill-session.js";
import { dropEmptyRows, listOf, lists, startRows } from "./rows.js";
import { startUploads, uploadsUnderWay } from "./upload.js";

const WAIT = 1500; // milliseconds after the last change
const RETRY = 15000; // milliseconds after a failure that may pass
const FINAL = new Set([400, 401, 404, 409, 413, 422]); // answers that the same request would get again

const form = document.querySelector("#fill-form");
const bar = document.querySelector("[data-save-state]");
const staleBox = document.querySelector("[data-stale]");
const dirty = new Set(); // names of fields and lists with unsaved changes
let sending = new Set(); // names in the request that is under way
const bases = {}; // the value of each list that this page last knew to be stored
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

/* A cell belongs to its list, which is one answer. */
function answerName(element) {
  return element.closest("[data-rows]")?.dataset.rows ?? element.name;
}

function rememberLists(sections = allSections()) {
  const values = {};
  for (const { dataset } of lists(form)) if (sections.has(sectionOf(dataset.rows))) values[dataset.rows] = valueOf(form, dataset.rows);
  return values;
}

function isAnswer(element) {
  return Boolean(element.name && element.closest("[data-section]") && element.type !== "file" && element.type !== "submit");
}

function keep() {
  return keepCopy(form, new Set([...sending, ...dirty]), bases);
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
  const stored = rememberLists(sections);
  sending = sent;
  dirty.clear();
  say("保存中…");
  const { status, data } = await send(form.dataset.saveUrl, body);
  sending = new Set();
  if (status === 200 && data) {
    Object.assign(bases, stored);
    return saved(data);
  }
  sent.forEach((name) => dirty.add(name));
  return failed(status, data, everything);
}

function saved(data) {
  form.elements.version.value = data.version;
  paused = false;
  staleBox.hidden = true;
  showAnswer(form, data);
  if (dirty.size) {
    keep();
    schedule();
  } else {
    dropCopy(form);
  }
  say(`已暂存 ${data.saved_at}`, "success");
  return true;
}

async function failed(status, data, everything = false) {
  const kept = keep();
  const where = kept ? "内容已保留在本机" : "请不要关闭本页";
  say(`未保存：${sentence(status, data)}（${where}）`, "danger");
  if (status === 401) {
    if (await signInAgain()) return saveOnce(everything);
    return false;
  }
  if (status === 409 && data?.code === "stale") {
    showStale(data);
  } else if (!FINAL.has(status)) {
    schedule(RETRY);
  }
  return false;
}

/* Another window saved: show both values, let the person choose. */
let theirs = {};
function showStale(data) {
  paused = true;
  clearTimeout(timer);
  form.dataset.otherVersion = data.version;
  theirs = data.theirs;
  const differing = differingNames(form, dirty, theirs);
  if (differing.length === 0) {
    takeTheirs(); // what is unsaved here is stored there already, e.g. by this page's own last request
    return;
  }
  staleBox.querySelector("[data-stale-message]").textContent =
    `${data.saved_at} 在另一个窗口保存过。您在本页填写的内容没有丢失，下列栏目两边不同：`;
  staleBox.querySelector("[data-stale-list]").replaceChildren(
    ...differing.map((name) => describeDifference(form, name, theirs[name])),
  );
  const choosing = differing.some((name) => listOf(form, name));
  staleBox.querySelector("[data-stale-mine]").textContent = choosing ? "按以上选择保存" : "保留我的内容";
  staleBox.hidden = false;
  staleBox.focus();
  staleBox.scrollIntoView({ block: "center" });
}

staleBox.querySelector("[data-stale-mine]").addEventListener("click", async () => {
  form.elements.version.value = form.dataset.otherVersion;
  paused = false;
  await saveChangedOver();
});

/* Only the answers changed here are laid over the other window's form, so that its other fields and rows stay. */
async function saveChangedOver() {
  const body = new URLSearchParams({ version: form.elements.version.value });
  for (const key of new Set([...dirty].map(sectionOf))) body.append("section", key);
  for (const name of dirty) {
    body.append("field", name);
    if (listOf(form, name)) {
      body.append(name, "");
      for (const { row, ...cells } of chosenRows(form, staleBox, name, bases[name], theirs[name])) {
        body.append(name, row);
        for (const [column, text] of Object.entries(cells)) body.append(`${name}-${row}-${column}`, text);
      }
    } else if (valueOf(form, name) !== null) {
      body.append(name, valueOf(form, name));
    }
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
async function restored(names) {
  names.forEach((name) => dirty.add(name));
  keep();
  showDependent();
  const pickers = ["registered_region", "industry", "product"].map((name) => `basic-${name}`);
  const reload = pickers.some((name) => names.includes(name));
  if ((await save()) && reload) location.reload(); // the pickers draw themselves from the stored codes
}

function showDependent() {
  for (const part of form.querySelectorAll("[data-show-when]")) {
    const given = (valueOf(form, part.dataset.showWhen) ?? "").split(",");
    part.hidden = !part.dataset.showValue.split(",").some((wanted) => given.includes(wanted));
  }
}

function changed(event) {
  if (!isAnswer(event.target)) return;
  if (event.type === "change") {
    onlyExclusive(event.target);
    showDependent();
  }
  unsaved(answerName(event.target));
}

function unsaved(name) {
  dirty.add(name);
  keep();
  if (!saving) say("有未保存的修改", "warn");
  schedule();
}

/* “无” empties the other boxes of its answer, and the other way round. */
function onlyExclusive(box) {
  if (!box.dataset.choices || !box.checked) return;
  for (const other of form.elements[box.name]) {
    if (other !== box && [box, other].some((each) => each.dataset.choices === "exclusive")) other.checked = false;
  }
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
  dropEmptyRows(form);
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
startRows(form, (list) => {
  showDependent();
  unsaved(list.dataset.rows);
});
startCounts(form);
Object.assign(bases, rememberLists());
for (const name of new Set(typedEarly(form).filter(isAnswer).map(answerName))) unsaved(name);
offerCopy(form, restored);
startUploads(form);
if (paused) {
  for (const name of new Set([...form.elements].filter(isAnswer).map(answerName))) dirty.add(name);
  keep();
}
document.querySelector("#error-summary, #file-summary")?.focus();
form.dataset.ready = "yes";
