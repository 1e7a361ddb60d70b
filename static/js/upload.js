/* Evidence: files go up one after the other, in parts that survive a broken network; removing can be undone.
   Every refusal stands at its place. */

import { showStates } from "./fill-answer.js";
import { send, sentence, signInAgain } from "./fill-session.js";
import { Transfer, canResume } from "./upload-transfer.js";

const jobs = new Set(); // what is not finished, also what is paused
const waiting = [];
let running = false;

export function uploadsUnderWay() {
  return jobs.size > 0;
}

function make(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function makeButton(text, label, action) {
  const button = make("button", "btn btn-sm btn-outline-secondary", text);
  button.type = "button";
  button.setAttribute("aria-label", label);
  button.addEventListener("click", action);
  return button;
}

function showError(box, text) {
  box.querySelector("[data-upload-error]").append(make("p", "", text));
}

function clearErrors(box) {
  box.querySelector("[data-upload-error]").replaceChildren();
}

function say(box, text) {
  box.querySelector("[data-upload-status]").textContent = text;
}

/* The line of a stored file, as the server writes it (templates/applications/file_line.html). */
function fileLine(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html; // our own template, rendered and escaped by the server
  return holder.content.querySelector("li");
}

/* Send with one login in between when the session has ended. */
async function sendSignedIn(url, body, progress) {
  const answer = await send(url, body, progress);
  return answer.status === 401 && (await signInAgain()) ? send(url, body, progress) : answer;
}

class Job {
  constructor(form, box, file) {
    Object.assign(this, { form, box, file });
    this.line = make("li", "upload__file upload__file--under-way");
    this.bar = document.createElement("progress");
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", `${file.name} 上传进度`);
    this.text = make("span", "upload__size", "等待上传");
    this.pauseButton = makeButton("暂停", `暂停上传 ${file.name}`, () => this.pauseOrGoOn());
    const cancel = makeButton("取消", `取消上传 ${file.name}`, () => this.cancel());
    this.line.append(make("span", "upload__name", file.name), this.bar, this.text, ...(canResume ? [this.pauseButton] : []), cancel);
    box.querySelector("[data-files]").append(this.line);
    this.transfer = new Transfer(form, box.dataset.slot, file, (state) => this.show(state));
    this.state = "waiting";
    jobs.add(this);
    waiting.push(this);
  }

  show({ text, share, waiting: isWaiting = false }) {
    if (this.state !== "running") return;
    if (isWaiting && !this.line.classList.contains("upload__file--broken")) say(this.box, `${this.file.name}：${text}`);
    this.line.classList.toggle("upload__file--broken", isWaiting);
    this.text.textContent = text;
    if (share !== undefined) this.bar.value = share;
    this.setButton(isWaiting ? "继续" : "暂停");
  }

  setButton(text) {
    if (this.pauseButton.textContent === text) return;
    this.pauseButton.textContent = text;
    this.pauseButton.setAttribute("aria-label", `${text}上传 ${this.file.name}`);
  }

  pauseOrGoOn() {
    if (this.state === "running" && this.pauseButton.textContent === "继续") {
      this.transfer.retryNow();
    } else if (this.state === "running") {
      this.transfer.interrupt("paused");
    } else if (this.state === "waiting") {
      waiting.splice(waiting.indexOf(this), 1);
      this.paused();
    } else {
      this.state = "waiting";
      this.text.textContent = "等待上传";
      this.line.classList.remove("upload__file--broken");
      this.setButton("暂停");
      waiting.unshift(this);
      next();
    }
  }

  paused(text = this.transfer.offset ? `已暂停，已传 ${this.transfer.percent()}` : "已暂停") {
    this.state = "paused";
    this.text.textContent = text;
    this.setButton("继续");
  }

  cancel() {
    if (this.state === "running") {
      this.text.textContent = "正在取消…";
      this.transfer.interrupt("cancelled");
    } else {
      if (this.state === "waiting") waiting.splice(waiting.indexOf(this), 1);
      this.end();
    }
  }

  async run() {
    this.state = "running";
    const outcome = canResume ? await this.transfer.run() : await this.sendWhole();
    if (outcome.paused) {
      this.paused(outcome.text);
    } else if (outcome.done) {
      this.stored(outcome.done);
    } else {
      if (outcome.failed) showError(this.box, outcome.failed);
      this.end();
    }
  }

  stored(data) {
    for (const hint of this.box.querySelectorAll("[data-unfinished]")) {
      if (hint.dataset.unfinished === this.transfer.hash) hint.remove();
    }
    jobs.delete(this);
    const there = this.box.querySelector(`[data-file="${data.file.id}"]`);
    const hadFocus = this.line.contains(document.activeElement);
    const line = fileLine(data.html);
    if (there) there.remove(); // two pages sent the same file together
    this.line.replaceWith(line);
    if (hadFocus) line.querySelector("a").focus();
    say(this.box, `${data.file.name} 上传完成`);
    showStates(data.states);
  }

  end() {
    jobs.delete(this);
    const hadFocus = this.line.contains(document.activeElement);
    this.line.remove();
    if (hadFocus) this.box.querySelector("input[type=file]").focus();
  }

  /* In one request, where the browser computes no hash (plain http from another machine). */
  async sendWhole() {
    const body = new FormData();
    body.append("slot", this.box.dataset.slot);
    body.append("file", this.file);
    const { status, data } = await sendSignedIn(this.form.dataset.attachUrl, body, (share) => {
      this.show({ text: share < 1 ? `上传中 ${Math.floor(share * 100)}%` : "正在检查内容…", share });
    });
    if (status === 200 && data) return { done: data };
    if (data?.message) return { failed: data.message };
    if (status === 0) return { failed: `“${this.file.name}”上传中断。请检查网络或更换网络（如手机热点）后重新选择该文件。` };
    return { failed: `“${this.file.name}”没有上传：${sentence(status, data, "文件").replace(/，文件保留在本机，.*$/, "")}，请稍后重新选择该文件。` };
  }
}

async function next() {
  if (running) return;
  running = true;
  while (waiting.length) await waiting.shift().run();
  running = false;
}

function choose(form, box, files) {
  const limit = Number(form.dataset.maxBytes);
  clearErrors(box);
  for (const file of files) {
    if (file.size > limit) {
      showError(box, `“${file.name}”有 ${(file.size / 1048576).toFixed(1)} MB，超过单个文件上限 ${(limit / 1048576).toFixed(1)} MB，没有上传。请压缩或分成几个文件上传。`);
    } else if (file.size === 0) {
      showError(box, `“${file.name}”是空文件（0 字节），没有上传。请检查文件能否打开，重新选择后再上传。`);
    } else {
      new Job(form, box, file);
    }
  }
  next();
}

async function detach(form, box, line, undo) {
  clearErrors(box);
  const body = new FormData();
  body.append("attachment", line.dataset.file);
  if (undo) body.append("undo", "1");
  const { status, data } = await sendSignedIn(form.dataset.detachUrl, body);
  if (status !== 200 || !data) {
    showError(box, `没有${undo ? "恢复" : "移除"}：${sentence(status, data, "文件")}`);
    return;
  }
  showStates(data.states);
  if (undo) {
    const back = fileLine(data.html);
    line.replaceWith(back);
    back.querySelector("button").focus();
    return;
  }
  const note = make("li", "upload__file");
  note.dataset.file = data.file.id;
  const again = makeButton("撤销", `撤销移除 ${data.file.name}`, () => detach(form, box, note, true));
  note.append(make("span", "muted", `已移除 ${data.file.name}`), again);
  line.replaceWith(note);
  again.focus();
}

export function startUploads(form) {
  form.addEventListener("change", (event) => {
    const box = event.target.type === "file" && event.target.closest("[data-slot]");
    if (!box) return;
    choose(form, box, [...event.target.files]);
    event.target.value = "";
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=remove]");
    if (!button) return;
    event.preventDefault();
    detach(form, button.closest("[data-slot]"), button.closest("[data-file]"), false);
  });
}
