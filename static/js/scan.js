/* 电子营业执照扫码. On the first page the code is asked for at once; on the page of the code this script asks whether it
   was scanned and goes on by itself. Without it both pages have buttons for the same. */
const start = document.querySelector("[data-scan-start]");
const box = document.querySelector("[data-scan]");
const OFFLINE = "暂时连接不上服务器，正在自动重试。";
const EXPIRED = "二维码已过期，请点击【重新获取二维码】。";

function cameBack() {
  return performance.getEntriesByType("navigation")[0]?.type === "back_forward";
}

// Not when somebody has come here with 【后退】: he would never get past this page.
if (start && !cameBack()) askForCode();
if (box) watch();

/* The page of the code takes the place of this one in the history. A form sent by a script would leave that to chance:
   it replaces the page only as long as the page is still loading. */
async function askForCode() {
  try {
    const answer = await fetch(start.action, { method: "POST", body: new FormData(start) });
    if (answer.ok && answer.redirected) return location.replace(answer.url);
  } catch {
    // No network: the button stays.
  }
  start.requestSubmit();
}

function watch() {
  const code = box.querySelector("[data-scan-code]");
  const time = box.querySelector("[data-scan-time]");
  const seconds = box.querySelector("[data-scan-seconds]");
  const message = box.querySelector("[data-scan-message]");
  const finish = box.querySelector("[data-scan-finish]");
  const again = box.querySelector("[data-scan-again] button");
  const pause = Number(box.dataset.scanPause) * 1000;
  let ends = Date.now() + Number(seconds.textContent) * 1000;
  let over = false;

  function say(text) {
    if (message.textContent !== text) message.textContent = text;
  }

  function close(text) {
    over = true;
    clearInterval(clock);
    say(text);
    time.textContent = "二维码已失效";
    code.classList.add("scan__code--over");
    for (const part of box.querySelectorAll("[data-scan-finish], [data-scan-open]")) part.hidden = true;
    again.classList.replace("btn-outline-secondary", "btn-primary");
    again.focus();
  }

  function tick() {
    seconds.textContent = Math.max(0, Math.round((ends - Date.now()) / 1000));
  }

  async function ask() {
    if (over) return;
    try {
      const answer = await fetch(box.dataset.scan, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (answer.status === 401 || answer.status === 404) return close(EXPIRED);
      if (!answer.ok) throw new Error(answer.status);
      const now = await answer.json();
      if (now.state === "confirmed") {
        say("已确认，请稍候…");
        over = true;
        clearInterval(clock);
        return finish.requestSubmit();
      }
      if (now.state !== "waiting") return close(now.message);
      ends = Date.now() + now.seconds * 1000;
      say("等待扫码…");
    } catch {
      say(OFFLINE);
    }
    setTimeout(ask, pause);
  }

  const clock = setInterval(tick, 1000);
  setTimeout(ask, pause);
}
