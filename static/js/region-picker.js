/* 企业注册地: three selects, each filled after the one before it.

Markup (templates/accounts/pickers/region.html):

  <label for="ID">企业注册地</label>
  <div data-region-picker data-url="/pickers/regions/">
    <input type="text" name="NAME" id="ID" value="320102" data-region-value>
    <p data-picker-plain>…what to do without script…</p>
  </div>

The text input works alone (code or full name). This script hides it and the paragraph, and puts the selects in; the
first select takes over the id, so that labels and links of the error summary reach it. The input holds the code of the
last level, or "" until a last level is chosen. Each change of it dispatches a bubbling "change" event on the input. */

const NEXT = [
  { label: "省（自治区、直辖市）", ask: "请选择省份" },
  { label: "市（地区、州）或区县", ask: "请选择市" },
  { label: "县（市、区）", ask: "请选择县区" },
];

function upgrade(picker) {
  const input = picker.querySelector("[data-region-value]");
  const id = input.id;
  const described = input.getAttribute("aria-describedby");
  const stored = /^\d{6}$/.test(input.value) ? input.value : "";
  if (input.value && !stored) return; // a full name typed without script stays as typed
  const selects = NEXT.map((level, index) => {
    const select = document.createElement("select");
    select.id = index ? `${id}_${index}` : id;
    select.setAttribute("aria-label", level.label);
    if (described) select.setAttribute("aria-describedby", described);
    if (input.hasAttribute("aria-invalid")) select.setAttribute("aria-invalid", "true");
    select.autocomplete = "off";
    select.hidden = index > 0;
    select.addEventListener("change", () => choose(index));
    return select;
  });
  const status = document.createElement("p");
  status.className = "picker__status";
  status.setAttribute("role", "status");
  const row = document.createElement("div");
  row.className = "picker__selects";
  row.append(...selects);
  input.type = "hidden";
  input.removeAttribute("id");
  picker.querySelector("[data-picker-plain]")?.remove();
  picker.append(row, status);

  async function fill(index, parent) {
    for (const later of selects.slice(index)) later.hidden = true;
    const answer = await fetch(`${picker.dataset.url}?parent=${encodeURIComponent(parent)}`, {
      headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.message);
    const select = selects[index];
    select.replaceChildren(new Option(NEXT[index].ask, ""));
    for (const item of body.items) {
      const option = new Option(item.name, item.code);
      option.dataset.leaf = item.leaf ? "yes" : "";
      select.add(option);
    }
    select.hidden = body.items.length === 0;
  }

  async function attempt(work) {
    status.textContent = "";
    try {
      await work();
    } catch (error) {
      const reason = error instanceof TypeError || error instanceof SyntaxError ? "网络异常，请检查网络" : error.message;
      status.textContent = `行政区划加载失败：${reason}。请重新选择上一级再试。`;
    }
  }

  function store(code) {
    if (input.value === code) return;
    input.value = code;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function choose(index) {
    const option = selects[index].selectedOptions[0];
    for (const later of selects.slice(index + 1)) later.hidden = true;
    if (!option.value || !option.dataset.leaf) store("");
    if (option.value && option.dataset.leaf) store(option.value);
    if (option.value && !option.dataset.leaf) await attempt(() => fill(index + 1, option.value));
  }

  /* Codes nest: 320102 lies in 320100 or, where there is no prefecture, directly in 320000. */
  async function show(code) {
    await fill(0, "");
    if (!code) return;
    const steps = [`${code.slice(0, 2)}0000`, code, `${code.slice(0, 4)}00`];
    selects[0].value = steps[0];
    if (selects[0].selectedIndex < 1) return;
    await fill(1, steps[0]);
    selects[1].value = [...selects[1].options].some((option) => option.value === code) ? code : steps[2];
    if (selects[1].value === code || selects[1].selectedIndex < 1) return;
    await fill(2, steps[2]);
    selects[2].value = code;
  }

  attempt(() => show(stored));
}

document.querySelectorAll("[data-region-picker]").forEach(upgrade);
