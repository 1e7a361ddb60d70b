/* Says before the session ends that it will, prolongs it with 【继续使用】, and says when it has ended.

   Every request of any tab prolongs the session, so tabs tell one another by localStorage when one was made. A script of
   a page reports its own requests with the event "portal:activity". Without scripts the pages work as before. */
const KEY = "portal-session-until";
const SECOND = 1000;
const box = document.querySelector("[data-session-warning]");
const part = (name) => box.querySelector(`[data-${name}]`);
const full = Number(box.dataset.seconds) * SECOND;
const lead = Number(box.dataset.warning) * SECOND;
/* The server must find the session over when it is asked at the end. */
const MARGIN = 2 * SECOND;

let until = 0;
let state = "running"; // running, warned, ended
let dismissed = "";

function remember(value) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ account: box.dataset.account, until: value }));
  } catch {
    // Storage is full or forbidden: the other tabs ask the server themselves.
  }
}

function prolonged(milliseconds = full, tell = true) {
  until = Date.now() + milliseconds;
  if (tell) remember(until);
  show("running");
}

async function ask(method) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const headers = { "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token };
  const answer = await fetch(box.dataset.address, { method, headers });
  const data = answer.ok ? await answer.json() : null;
  if (!data || String(data.account) !== box.dataset.account) return false;
  // A login in another tab has changed the token; forms of this page would be refused with the old one.
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = data.csrf;
  prolonged(data.seconds * SECOND);
  return true;
}

function clock(milliseconds) {
  const seconds = Math.max(Math.ceil(milliseconds / SECOND), 0);
  return seconds >= 60 ? `${Math.floor(seconds / 60)} 分 ${String(seconds % 60).padStart(2, "0")} 秒` : `${seconds} 秒`;
}

function show(next) {
  if (next !== state) dismissed = "";
  state = next;
  box.hidden = state === "running" || dismissed === state;
  if (state === "running") return;
  const ended = state === "ended";
  part("title").textContent = ended ? "登录已结束" : "登录即将结束";
  part("text").textContent = ended
    ? "长时间没有操作，已退出登录。请在新标签页登录，再回到本页继续；本页内容不会因此关闭。"
    : "长时间没有操作，为保护账户安全将自动退出登录。点击【继续使用】保持登录。";
  part("continue").hidden = ended;
  part("sign-in").hidden = !ended;
}

function countdown() {
  if (state === "warned") part("title").textContent = `登录将在 ${clock(until - Date.now())}后结束`;
}

let asking = false;
async function check() {
  const left = until - Date.now();
  if (left > lead) return;
  if (left > 0) {
    if (state !== "warned") show("warned");
    countdown();
    return;
  }
  if (state === "ended" || left > -MARGIN || asking) return;
  // Perhaps another tab has gone on working; asking is a request like any other and prolongs a session that still is.
  asking = true;
  try {
    if (!(await ask("GET"))) show("ended");
  } catch {
    show("ended"); // no network: the session is over by now all the same
  }
  asking = false;
}

part("continue").addEventListener("click", async () => {
  try {
    if (!(await ask("POST")) && !(await ask("GET"))) show("ended");
  } catch {
    part("text").textContent = "网络中断，未能保持登录。请检查网络后再点击【继续使用】。";
  }
});
part("later").addEventListener("click", () => {
  dismissed = state;
  box.hidden = true;
});
window.addEventListener("portal:activity", () => prolonged());
window.addEventListener("storage", (event) => {
  if (event.key !== KEY || !event.newValue) return;
  const told = JSON.parse(event.newValue);
  if (told.account !== box.dataset.account || told.until <= until) return;
  if (state === "ended") ask("GET").catch(() => {}); // signed in again elsewhere: take its token
  else prolonged(told.until - Date.now(), false);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) check();
});
prolonged();
setInterval(check, SECOND);
