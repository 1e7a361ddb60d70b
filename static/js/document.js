// Asks how far the PDF is and loads the page anew when it is finished or has failed. Without this script the page has
// the link 【刷新】.
const box = document.querySelector("[data-document-poll]");
const label = box.querySelector("[data-document-label]");
const message = box.querySelector("[data-document-message]");
const OFFLINE = "暂时连接不上服务器，正在自动重试。文件仍在后台生成，不会丢失。";
const SIGNED_OUT = "登录已失效，文件仍在后台生成。请点击【刷新】，重新登录后在本页下载。";
const SLOWEST = 10000;
let pause = 1000;

function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

async function ask() {
  try {
    const answer = await fetch(location.pathname, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (answer.status === 401) return show(message, SIGNED_OUT);
    if (!answer.ok) throw new Error(answer.status);
    const progress = await answer.json();
    if (progress.done) return location.reload();
    show(label, progress.label);
    show(message, progress.message);
  } catch {
    show(message, OFFLINE);
  }
  pause = Math.min(pause * 1.3, SLOWEST);
  setTimeout(ask, pause);
}

setTimeout(ask, pause);
