/* 所属行业: a tree that opens with "+" to the last level, searchable by name, code or product.

Markup (templates/accounts/pickers/industry.html):

  <div data-industry-picker data-tree-url="…" data-search-url="…" data-chosen-url="…">
    <div class="field"> <label for="ID">所属行业</label>
      <input type="text" name="NAME" id="ID" value="3841" data-industry-value> <p data-picker-plain>…</p> </div>
    <div data-industry-subclass hidden> <output></output> </div>                       具体细分领域名称
    <div class="field"> <label for="ID2">产品</label>
      <input type="text" name="NAME2" id="ID2" data-product-value> <p data-picker-plain>…</p> </div>
    <div data-industry-hints hidden></div>                                          战略性新兴产业 suggestion
  </div>

The two text inputs work alone. This script hides them; a button takes over the id of the first and opens the tree, an
<output> takes over the id of the second. Choosing a last level sets both inputs (code of the 小类, name of the 产品) and
dispatches a bubbling "change" event on each.

Keys in the tree: ↑ ↓ Home End move, → opens or goes in, ← closes or goes out, Enter and Space choose or open, Esc
leaves. In the search field: ↓ goes to the results, Enter searches at once. */
import { Tree } from "./industry-tree.js";

const WAIT = 250; // milliseconds after the last key before a search is sent

async function ask(url, parameters) {
  const answer = await fetch(`${url}?${new URLSearchParams(parameters)}`, {
    headers: { "X-Requested-With": "XMLHttpRequest" },
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.message);
  return body;
}

function reason(error) {
  const network = error instanceof TypeError || error instanceof SyntaxError;
  return `加载失败：${network ? "网络异常，请检查网络后重试。" : error.message}`;
}

function element(tag, attributes = {}, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

function upgrade(root) {
  const { treeUrl, searchUrl, chosenUrl } = root.dataset;
  const code = root.querySelector("[data-industry-value]");
  const product = root.querySelector("[data-product-value]");
  const subclass = root.querySelector("[data-industry-subclass]");
  const hints = root.querySelector("[data-industry-hints]");
  const id = code.id;
  const chosen = element("output", { class: "picker__value", id: `${id}_chosen` }, code.value || "尚未选择");
  const button = element("button", { type: "button", class: "btn btn-outline-primary", id, "aria-expanded": "false", "aria-controls": `${id}_panel` });
  const panel = element("div", { class: "picker__panel", id: `${id}_panel`, hidden: "" });
  const search = element("input", { type: "search", id: `${id}_search`, maxlength: "40", autocomplete: "off", placeholder: "例如：锂离子、3841、工业机器人" });
  const status = element("p", { class: "picker__status", role: "status" });
  const tree = new Tree({
    label: "所属行业",
    load: (node) => ask(treeUrl, { parent: node ? node.code : "" }).then((body) => body.items),
    choose: (node) => choose(node),
    leave: () => close(),
    fail: (error) => { status.textContent = error ? reason(error) : ""; },
  });
  let path = [];
  let timer = 0;
  let asked = 0;

  code.type = "hidden";
  code.removeAttribute("id");
  const shown = element("output", { class: "picker__value", id: product.id, tabindex: "-1" });
  product.type = "hidden";
  product.removeAttribute("id");
  root.querySelectorAll("[data-picker-plain]").forEach((plain) => plain.remove());
  const described = code.getAttribute("aria-describedby");
  button.setAttribute("aria-describedby", described ? `${id}_chosen ${described}` : `${id}_chosen`);
  const line = element("div", { class: "picker__line" });
  line.append(chosen, button);
  const label = element("label", { class: "field__label", for: search.id }, "按名称、代码或产品查找");
  panel.append(label, search, status, tree.element);
  code.parentElement.append(line, panel);
  product.parentElement.append(shown);
  product.closest(".field").classList.add("field--computed");
  button.addEventListener("click", () => (panel.hidden ? open() : close()));
  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, WAIT); });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); clearTimeout(timer); find(); }
    if (event.key === "ArrowDown") { event.preventDefault(); tree.focusFirst(); }
    if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  draw();
  if (code.value) describe();

  function draw() {
    button.textContent = code.value ? "重新选择" : "选择所属行业";
    shown.textContent = product.value || "选择所属行业后自动获取";
    shown.classList.toggle("picker__value--empty", !product.value);
    chosen.classList.toggle("picker__value--empty", !code.value);
  }

  /* Show what follows from the 小类: 大类, 具体细分领域名称 and the 战略性新兴产业 suggestion. */
  async function describe() {
    const wanted = code.value;
    try {
      const body = await ask(chosenUrl, { industry: wanted });
      if (code.value !== wanted) return;
      if (body.code !== wanted) code.value = body.code;
      path = body.path;
      chosen.textContent = body.division;
      subclass.querySelector("output").textContent = body.subclass;
      subclass.hidden = false;
      hints.hidden = body.hints.length === 0;
      hints.replaceChildren(element("strong", { class: "notice-banner__title" }, "提示：该小类可能属于战略性新兴产业，仅供参考，请以《战略性新兴产业分类》为准"));
      const list = element("ul");
      list.append(...body.hints.map((hint) => element("li", {}, hint)));
      hints.append(list);
    } catch (error) {
      chosen.textContent = wanted;
      subclass.hidden = true;
      hints.hidden = true;
      status.textContent = reason(error);
    }
  }

  function choose(node) {
    const changed = [];
    if (code.value !== node.code) changed.push(code);
    if (product.value !== node.product) changed.push(product);
    code.value = node.code;
    product.value = node.product;
    draw();
    describe();
    close();
    for (const input of changed) input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function open() {
    panel.hidden = false;
    button.setAttribute("aria-expanded", "true");
    search.focus();
    if (search.value.trim()) return;
    await tree.start();
    if (code.value) await tree.reveal(path, product.value);
  }

  function close() {
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }

  async function find() {
    const text = search.value.trim();
    const turn = ++asked;
    if (!text) {
      status.textContent = "";
      await tree.start();
      return;
    }
    status.textContent = "正在查找…";
    try {
      const body = await ask(searchUrl, { q: text });
      if (turn !== asked) return; // an older answer that came late
      tree.show(body.items);
      status.textContent = body.message || `找到 ${body.items.length} 项`;
    } catch (error) {
      if (turn === asked) status.textContent = reason(error);
    }
  }
}

document.querySelectorAll("[data-industry-picker]").forEach(upgrade);
