// Shows how far a list is and loads the page anew when it is finished. Without this script the page has the link 【刷新】.
const box = document.querySelector("[data-job-poll]");
const [bar, label, message] = ["bar", "label", "message"].map((name) => box.querySelector(`[data-job-${name}]`));
const OFFLINE = "暂时连接不上服务器，正在自动重试。办理仍在后台继续。";
const SIGNED_OUT = "登录已失效，办理仍在后台继续。请点击【刷新】，重新登录后查看结果。";
const SLOWEST = 10000;
let pause = 1000;

function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

async function ask() {
  try {
    const answer = await fetch(location.pathname, { headers: { "X-Requested-With": "XMLHttpRequest" }, redirect: "manual" });
    if (answer.status === 401 || answer.type === "opaqueredirect") return show(message, SIGNED_OUT);
    if (!answer.ok) throw new Error(answer.status);
    const progress = await answer.json();
    if (progress.finished) return location.reload();
    bar.value = progress.done;
    show(label, progress.label);
  } catch {
    show(message, OFFLINE);
  }
  pause = Math.min(pause * 1.2, SLOWEST);
  setTimeout(ask, pause);
}

setTimeout(ask, pause);
