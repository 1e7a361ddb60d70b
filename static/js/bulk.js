// Asks how far a 批量办理 is, and loads the page anew when it is done. Without this script the page has 【刷新】.
const box = document.querySelector("[data-bulk-poll]");
const label = box.querySelector("[data-bulk-label]");
const message = box.querySelector("[data-bulk-message]");
const progress = box.querySelector("[data-bulk-progress]");
const OFFLINE = "暂时连接不上服务器，正在自动重试。办理仍在后台进行，不会重复。";
const SIGNED_OUT = "登录已失效，办理仍在后台进行。请点击【刷新】，重新登录后查看结果。";
const SLOWEST = 10000;
let pause = 1000;

function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

async function ask() {
  try {
    const answer = await fetch(location.pathname, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (answer.status === 401 || answer.redirected) return show(message, SIGNED_OUT);
    if (!answer.ok) throw new Error(answer.status);
    const state = await answer.json();
    if (state.done) return location.reload();
    show(label, state.label);
    show(message, state.message);
    progress.value = state.finished;
  } catch {
    show(message, OFFLINE);
  }
  pause = Math.min(pause * 1.3, SLOWEST);
  setTimeout(ask, pause);
}

setTimeout(ask, pause);
