/* Requests of the fill-in page: CSRF token, login in place, sentences for answers that are not ours.

   send(url, body, options) resolves to { status, data }; status 0 means that the network is away. */

const form = document.querySelector("#fill-form");
const dialog = document.querySelector("[data-login]");

function token() {
  return form.elements.csrfmiddlewaretoken.value;
}

function setToken(value) {
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = value;
}

/* A login in another tab changes the token: take the new one from the page as it is now. */
async function refreshToken() {
  try {
    const answer = await fetch(form.getAttribute("action"), { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#fill-form input[name=csrfmiddlewaretoken]")?.value;
    const user = page.querySelector("#fill-form")?.dataset.user;
    if (!fresh || user !== form.dataset.user) return false;
    setToken(fresh);
    return true;
  } catch {
    return false;
  }
}

export function sentence(status, data, subject = "内容") {
  if (data?.message) return data.message;
  if (status === 0) return `网络中断，${subject}保留在本机，网络恢复后自动重试`;
  if (status === 413) return `${subject}超过服务器允许的大小，请减少后重试`;
  if (status === 403) return "登录状态已变化，请刷新页面后重试";
  if (status === 404) return "找不到这份申报表，可能已切换到其他账户，请重新登录原账户";
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
      resolve({ status: request.status, data });
    });
    request.send(body);
  });
}

export async function send(url, body, progress) {
  const answer = await attempt(url, body, progress);
  if (answer.status === 403 && !answer.data && (await refreshToken())) return attempt(url, body, progress);
  return answer;
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
        error.textContent = "登录的不是填写这份申报表的账户，请用原来的账户登录。";
      } else {
        if (answer.status === 403) await refreshLoginToken(login);
        error.textContent = answer.data?.message ?? "登录没有成功，请检查网络后再试一次。";
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

async function refreshLoginToken(login) {
  try {
    const answer = await fetch(login.getAttribute("action"), { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (fresh) setToken(fresh);
  } catch {
    /* still no network: the sentence in the dialog says so */
  }
}
