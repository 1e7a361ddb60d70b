/* 企业基本情况: shows fields that depend on an answer, and 企业规模 as the figures are typed.

  <div data-show-when="NAME" data-show-value="VALUE">…</div>    shown while the field NAME has VALUE; a part of it with
                                                                data-when-plain is for a page without script
  <div data-size-preview data-url="…" data-industry="NAME" data-employees="NAME" data-revenue="NAME" data-assets="NAME">
    <output data-size-label></output> <p data-size-explanation></p>
  </div>

After a 【保存】 with errors the focus goes to the error summary. */

const WAIT = 400; // milliseconds after the last key before 企业规模 is asked for

function valueOf(form, name) {
  return form.elements[name]?.value ?? "";
}

function showDependent(form) {
  for (const part of form.querySelectorAll("[data-show-when]")) {
    part.hidden = valueOf(form, part.dataset.showWhen) !== part.dataset.showValue;
  }
}

function followSize(form, preview) {
  const { url, industry, employees, revenue, assets } = preview.dataset;
  const names = { industry, employees, revenue, assets };
  let timer = 0;
  let asked = 0;
  const ask = async () => {
    const turn = ++asked;
    const figures = Object.entries(names).map(([key, name]) => [key, valueOf(form, name)]);
    try {
      const answer = await fetch(`${url}?${new URLSearchParams(figures)}`, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      const body = await answer.json();
      if (turn !== asked) return;
      preview.querySelector("[data-size-label]").textContent = answer.ok ? body.label : "未判定";
      preview.querySelector("[data-size-explanation]").textContent = answer.ok ? body.explanation : body.message;
    } catch {
      if (turn === asked) preview.querySelector("[data-size-explanation]").textContent = "网络异常，企业规模将在保存时判定。";
    }
  };
  const changed = (event) => {
    if (!Object.values(names).includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
}

for (const form of document.querySelectorAll(".enterprise-form")) {
  form.querySelectorAll("[data-when-plain]").forEach((plain) => plain.remove());
  showDependent(form);
  form.addEventListener("change", () => showDependent(form));
  form.querySelectorAll("[data-size-preview]").forEach((preview) => followSize(form, preview));
  (form.querySelector("#error-summary") ?? form.querySelector("#stale"))?.focus();
}
