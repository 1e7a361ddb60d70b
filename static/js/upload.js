/* Evidence: uploads at once with progress, one after the other; removing can be undone. Every refusal stands at its place. */

import { showStates } from "./fill-answer.js";
import { send, sentence, signInAgain } from "./fill-session.js";

let underWay = 0;
let queue = Promise.resolve();

export function uploadsUnderWay() {
  return underWay > 0;
}

function make(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function showError(box, text) {
  const place = box.querySelector("[data-upload-error]");
  place.append(make("p", "", text));
}

function clearErrors(box) {
  box.querySelector("[data-upload-error]").replaceChildren();
}

function fileLine(form, file) {
  const line = make("li", "upload__file");
  line.dataset.file = file.id;
  const link = make("a", "", file.name);
  link.href = form.dataset.attachmentUrl.replace("/0/", `/${file.id}/`);
  const remove = make("button", "btn btn-sm btn-outline-secondary", "移除");
  remove.type = "button";
  remove.name = "remove";
  remove.value = file.id;
  remove.setAttribute("aria-label", `移除 ${file.name}`);
  line.append(link, make("span", "upload__size", file.size), remove);
  return line;
}

/* Send with one login in between when the session has ended. */
async function sendSignedIn(url, body, progress) {
  const answer = await send(url, body, progress);
  return answer.status === 401 && (await signInAgain()) ? send(url, body, progress) : answer;
}

async function upload(form, box, file) {
  const limit = Number(form.dataset.maxBytes);
  if (file.size > limit) {
    showError(box, `“${file.name}”有 ${(file.size / 1048576).toFixed(1)} MB，超过单个文件上限 ${(limit / 1048576).toFixed(1)} MB，没有上传。请压缩或分成几个文件上传。`);
    return;
  }
  const line = make("li", "upload__file");
  const bar = document.createElement("progress");
  const status = make("span", "upload__size", "上传中");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `${file.name} 上传进度`);
  line.append(make("span", "", file.name), bar, status);
  box.querySelector("[data-files]").append(line);
  const body = new FormData();
  body.append("slot", box.dataset.slot);
  body.append("file", file);
  const { status: code, data } = await sendSignedIn(form.dataset.attachUrl, body, (done) => {
    bar.value = done;
    status.textContent = done < 1 ? `上传中 ${Math.floor(done * 100)}%` : "检查中";
  });
  if (code === 200 && data) {
    line.replaceWith(fileLine(form, data.file));
    showStates(data.states);
    return;
  }
  line.remove();
  const why = data?.message ?? (code === 0
    ? `“${file.name}”上传中断。请检查网络或更换网络（如手机热点）后重新选择该文件。`
    : `“${file.name}”没有上传：${sentence(code, data, "文件").replace(/，文件保留在本机，.*$/, "，请稍后重新选择该文件")}。`);
  showError(box, why);
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
    const back = fileLine(form, data.file);
    line.replaceWith(back);
    back.querySelector("button").focus();
    return;
  }
  const note = make("li", "upload__file");
  note.dataset.file = data.file.id;
  const again = make("button", "btn btn-sm btn-outline-primary", "撤销");
  again.type = "button";
  again.setAttribute("aria-label", `撤销移除 ${data.file.name}`);
  again.addEventListener("click", () => detach(form, box, note, true));
  note.append(make("span", "muted", `已移除 ${data.file.name}`), again);
  line.replaceWith(note);
  again.focus();
}

export function startUploads(form) {
  form.addEventListener("change", (event) => {
    const box = event.target.type === "file" && event.target.closest("[data-slot]");
    if (!box) return;
    clearErrors(box);
    for (const file of event.target.files) {
      underWay += 1;
      queue = queue.then(() => upload(form, box, file)).finally(() => { underWay -= 1; });
    }
    event.target.value = "";
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=remove]");
    if (!button) return;
    event.preventDefault();
    detach(form, button.closest("[data-slot]"), button.closest("[data-file]"), false);
  });
}
