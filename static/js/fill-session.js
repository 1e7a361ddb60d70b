/* Requests of the fill-in page: CSRF token, login in place, sentences for answers that are not ours.

   send(url, body, options) resolves to { status, data }; status 0 means that the network is away. */

const form = document.querySelector("#fill-form");
const dialog = document.querySelector("[data-login]");
const PAPER = form.dataset.paper ?? "申报表";
const OTHER_ACCOUNT = `找不到这份${PAPER}，可能已切换到其他账户，请重新登录原来的账户`;

function token() {
  return form.elements.csrfmiddlewaretoken.value;
}

function setToken(value) {
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = value;
}

/* A login in another tab changes the token: take the new one from the page as it is now. Resolves to "fresh",
   "signed_out" (the token is then that of the login page) or "". */
async function refreshToken() {
  try {
    const answer = await fetch(form.getAttribute("action"), { headers: { Accept: "text/html" } });
    if (!answer.ok) return "";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const own = page.querySelector(`#fill-form[data-user="${form.dataset.user}"]`);
    const fresh = (own ?? page).querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (!fresh) return "";
    setToken(fresh);
    if (own) return "fresh";
    return page.querySelector("input[name=password]") ? "signed_out" : "";
  } catch {
    return "";
  }
}

export function sentence(status, data, subject = "内容") {
  if (status === 404 && data?.code === "not_found") return OTHER_ACCOUNT;
  if (data?.message) return data.message;
  if (status === 0) return `网络中断，${subject}保留在本机，网络恢复后自动重试`;
  if (status === 401) return `登录已失效，${subject}保留在本机`;
  if (status === 413) return `${subject}超过服务器允许的大小，请减少后重试`;
  if (status === 403) return "登录状态已变化，请刷新页面后重试";
  if (status === 404) return OTHER_ACCOUNT;
  return `服务器暂时无法处理（${status}），${subject}保留在本机，稍后自动重试`;
}

function attempt(url, body, progress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = progress ? 0 : 30000; // milliseconds; an upload may take as long as it goes on
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.setRequestHeader("X-CSRFToken", token());
    if (progress) request.upload.addEventListener("progress", (event) => event.lengthComputable && progress(event.loaded / event.total));
    request.addEventListener("loadend", () => {
      let data = null;
      try {
        data = JSON.parse(request.responseText);
      } catch {
        data = null; // a page of a proxy, or nothing
      }
      if (request.status === 200) window.dispatchEvent(new Event("portal:activity")); // session-warning.js
      resolve({ status: request.status, data });
    });
    request.send(body);
  });
}

export async function send(url, body, progress) {
  const answer = await attempt(url, body, progress);
  if (answer.status !== 403 || answer.data?.code !== "csrf") return answer;
  const token = await refreshToken();
  if (token === "fresh") return attempt(url, body, progress);
  return token === "signed_out" ? { status: 401, data: null } : answer;
}

let asking = null;

/* Ask for the password in place; resolves to true when the same account is signed in again. */
export function signInAgain() {
  asking ??= new Promise((resolve) => {
    const login = dialog.querySelector("form");
    const error = dialog.querySelector("[data-login-error]");
    const finish = (done) => {
      dialog.close();
      asking = null;
      resolve(done);
    };
    login.onsubmit = async (event) => {
      event.preventDefault();
      const answer = await attempt(login.getAttribute("action"), new URLSearchParams(new FormData(login)));
      login.elements.password.value = "";
      if (answer.data?.ok && String(answer.data.account) === form.dataset.user) {
        setToken(answer.data.csrf);
        error.textContent = "";
        finish(true);
      } else if (answer.data?.ok) {
        setToken(answer.data.csrf);
        error.textContent = `登录的不是填写这份${PAPER}的账户，请用原来的账户登录。`;
      } else {
        const expired = answer.data?.code === "csrf" && (await refreshToken());
        error.textContent = expired ? "请再次输入密码并点击【登录】。" : answer.data?.message ?? "登录没有成功，请检查网络后再试一次。";
        login.elements.password.focus();
      }
    };
    dialog.querySelector("[data-login-later]").onclick = () => finish(false);
    dialog.oncancel = (event) => {
      event.preventDefault();
      finish(false);
    };
    dialog.showModal();
    login.elements.password.focus();
  });
  return asking;
}
