/* 【获取验证码】 in place: sends only the fields named in data-sms-sends, says what came of it below the field, and counts
   down until the next code may be asked for. Without this script the button submits the form. */

const AWAY = "网络中断，验证码没有发送。请检查网络后再点击【获取验证码】。";
const BROKEN = "系统暂时无法发送验证码，请稍后再试。";
const EXPIRED = "页面已过期，请刷新页面后重试。";

function countDown(button, seconds) {
  const label = button.dataset.smsLabel;
  const end = Date.now() + seconds * 1000;
  const show = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? `${left} 秒后重发` : label;
    if (left > 0) setTimeout(show, 500);
  };
  show();
}

async function ask(button, form) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  for (const name of button.dataset.smsSends.split(" ").filter(Boolean)) body.set(name, form.elements[name]?.value ?? "");
  let answer;
  try {
    answer = await fetch(button.dataset.smsCode, { method: "POST", body, headers: { "X-Requested-With": "XMLHttpRequest" } });
  } catch {
    return { ok: false, message: AWAY };
  }
  try {
    const data = await answer.json();
    return data.code === "csrf" ? { ok: false, message: EXPIRED } : data;
  } catch {
    return { ok: false, message: BROKEN };
  }
}

for (const button of document.querySelectorAll("[data-sms-code]")) {
  const form = button.form;
  const status = button.closest(".field").querySelector("[data-sms-status]");
  button.dataset.smsLabel = button.textContent;
  const wait = Number(button.dataset.smsWait);
  if (wait > 0) countDown(button, wait);
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    button.disabled = true; // one click, one SMS
    status.textContent = "正在发送……";
    const data = await ask(button, form);
    status.textContent = data.message ?? BROKEN;
    status.classList.toggle("code-field__status--wrong", !data.ok);
    // A short wait is counted on the button; hours are said in the sentence.
    if (data.wait > 0 && data.wait <= 600) countDown(button, data.wait);
    else button.disabled = false;
    if (data.ok) button.closest(".field").querySelector("input").focus();
  });
}
