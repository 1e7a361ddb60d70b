// Asks how far the export is and loads the page anew when it has ended. Without this script the page has 【刷新】.
const box = document.querySelector("[data-export-poll]");
const label = box.querySelector("[data-export-label]");
const message = box.querySelector("[data-export-message]");
const bar = box.querySelector("[data-export-bar]");
const OFFLINE = "暂时连接不上服务器，正在自动重试。导出仍在后台进行，不会丢失。";
const SIGNED_OUT = "登录已失效，导出仍在后台进行。请点击【刷新】，重新登录后从【导出】菜单下载。";
const SLOWEST = 8000;
let pause = 1000;

function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

async function ask() {
  try {
    const answer = await fetch(location.pathname, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (answer.status === 401 || answer.redirected) return show(message, SIGNED_OUT);
    if (!answer.ok) throw new Error(answer.status);
    const progress = await answer.json();
    if (progress.done) return location.reload();
    show(label, progress.label);
    show(message, progress.message);
    if (progress.total) {
      bar.max = progress.total;
      bar.value = progress.value;
    }
  } catch {
    show(message, OFFLINE);
  }
  pause = Math.min(pause * 1.2, SLOWEST);
  setTimeout(ask, pause);
}

setTimeout(ask, pause);
