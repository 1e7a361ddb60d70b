/* Sends one file in parts and goes on where it stopped, whatever stopped it (docs/adr/0012).

   new Transfer(form, slot, file, show) → run() resolves to { done: data } | { failed: sentence } | { paused: true }
   | { cancelled: true }. show({ text, share, waiting }) tells what to display. */

import { send, sentence, signInAgain } from "./fill-session.js";

const STALLED = 30000; // milliseconds without a byte: the connection is dead without knowing it
const WAITS = [1000, 2000, 5000, 10000, 20000, 30000]; // milliseconds before each retry, the last one from then on
const WINDOW = 8000; // milliseconds over which the speed is taken
const MB = 1048576;

export const canResume = Boolean(globalThis.crypto?.subtle); // only on https and on this machine

async function sha256(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function timeLeft(seconds) {
  if (seconds < 60) return `约剩 ${Math.max(1, Math.ceil(seconds))} 秒`;
  return `约剩 ${Math.ceil(seconds / 60)} 分钟`;
}

function speedOf(bytes) {
  return bytes >= MB ? `${(bytes / MB).toFixed(1)} MB/秒` : `${Math.max(1, Math.round(bytes / 1024))} KB/秒`;
}

export class Transfer {
  constructor(form, slot, file, show) {
    Object.assign(this, { form, slot, file, show, offset: 0, stop: "", tries: 0, samples: [], again: false });
  }

  /* reason: "paused" or "cancelled" */
  interrupt(reason) {
    this.stop = reason;
    this.request?.abort();
    this.wake?.();
  }

  retryNow() {
    this.wake?.();
  }

  percent() {
    return `${Math.floor((this.offset / this.file.size) * 100)}%`;
  }

  async run() {
    this.stop = "";
    try {
      this.hash ??= await this.readHash();
      while (!this.stop) {
        const outcome = await this.pass();
        if (outcome) return outcome;
      }
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return { failed: `“${this.file.name}”读不出来，可能已被移动、修改或正被其他软件占用。请关闭占用它的软件后重新选择。` };
    }
    return this.stop === "paused" ? { paused: true } : { cancelled: true };
  }

  async readHash() {
    this.show({ text: "正在读取文件…" });
    return sha256(this.file);
  }

  /* Ask where to go on, send parts; resolves to an outcome, or to nothing when it is to be tried again. */
  async pass() {
    await this.file.slice(0, 1).arrayBuffer(); // throws when the file is gone, which a request would call a network error
    const begun = await this.begin();
    if (this.stop) return null;
    if (begun.status !== 200 || !begun.data) return this.problem(begun);
    if (begun.data.file) return { done: begun.data };
    this.again = true;
    this.offset = begun.data.received;
    this.samples = [];
    this.url = `${this.form.dataset.uploadUrl}${begun.data.upload}/`;
    if (this.offset) this.show({ text: `从上次的 ${this.percent()} 继续`, share: this.offset / this.file.size });
    do {
      const answer = await this.part();
      if (this.stop) return null;
      if (answer.status === 200 && answer.data?.file) return { done: answer.data };
      const received = answer.data?.received;
      if (answer.status === 401) return null; // begin() asks for the login
      if (!Number.isInteger(received)) return this.problem(answer);
      this.offset = received;
      this.tries = 0;
    } while (!this.stop);
    return null;
  }

  async begin() {
    const body = new URLSearchParams({ slot: this.slot, name: this.file.name, size: this.file.size, sha256: this.hash });
    if (this.again) body.append("again", "1");
    const answer = await send(this.form.dataset.uploadUrl, body);
    if (answer.status !== 401) return answer;
    this.show({ text: "登录已失效，重新登录后继续", share: this.offset / this.file.size });
    return (await signInAgain()) ? send(this.form.dataset.uploadUrl, body) : answer;
  }

  part() {
    const start = this.offset;
    const part = this.file.slice(start, start + Number(this.form.dataset.partBytes), "application/octet-stream");
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      this.request = request;
      let watchdog = 0;
      const alive = () => {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => request.abort(), STALLED);
      };
      request.open("POST", `${this.url}?offset=${start}`);
      request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      request.setRequestHeader("X-CSRFToken", this.form.elements.csrfmiddlewaretoken.value);
      request.upload.addEventListener("progress", (event) => {
        alive();
        this.progress(start + event.loaded);
      });
      request.upload.addEventListener("load", () => {
        clearTimeout(watchdog); // from here on the server works: a big archive takes a while to look through
        if (start + part.size >= this.file.size) this.show({ text: "已传完，正在检查内容…", share: 1 });
      });
      request.addEventListener("loadend", () => {
        clearTimeout(watchdog);
        let data = null;
        try {
          data = JSON.parse(request.responseText);
        } catch {
          data = null; // a page of a proxy, or nothing
        }
        if (request.status === 200) window.dispatchEvent(new Event("portal:activity")); // session-warning.js
        resolve({ status: request.status, data });
      });
      alive();
      request.send(part);
    });
  }

  progress(sent) {
    const now = performance.now();
    this.samples.push([now, sent]);
    this.samples = this.samples.filter(([at]) => now - at <= WINDOW);
    const [first, from] = this.samples[0];
    const share = sent / this.file.size;
    const speed = now - first >= 1000 ? ((sent - from) / (now - first)) * 1000 : 0;
    const rest = speed > 0 ? `，${speedOf(speed)}，${timeLeft((this.file.size - sent) / speed)}` : "";
    this.show({ text: `上传中 ${Math.floor(share * 100)}%${rest}`, share });
  }

  /* What to do about an answer that is not a success: wait and try again (resolves to nothing), or give up with a sentence. */
  async problem({ status, data }) {
    const gone = data?.code === "upload_gone" || data?.code === "csrf" || status === 401;
    const passing = status === 0 || (status >= 500 && status !== 507) || status === 429;
    if (!gone && !passing) {
      if (data?.message) return { failed: data.message };
      return { failed: `“${this.file.name}”没有上传：${sentence(status, data, "文件").replace(/，文件保留在本机，.*$/, "")}，请稍后重新选择该文件。` };
    }
    if (status === 401) return { paused: true, text: `登录已失效，已传 ${this.percent()}，登录后点击【继续】` };
    const pause = WAITS[Math.min(this.tries, WAITS.length - 1)];
    this.tries += 1;
    const why = status === 0 ? "网络中断" : gone ? "需要重新连接" : `服务器暂时无法处理（${status}）`;
    this.show({ text: `${why}，已传 ${this.percent()}，恢复后自动继续`, share: this.offset / this.file.size, waiting: true });
    await this.sleep(pause);
    return null;
  }

  /* Until the time is over, the network is back, or somebody asks for it. */
  sleep(pause) {
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        removeEventListener("online", finish);
        this.wake = null;
        resolve();
      };
      const timer = setTimeout(finish, pause);
      addEventListener("online", finish);
      this.wake = finish;
    });
  }
}
