/* Lists that grow and shrink in the page (templates/applications/block_rows.html).

   A list is one answer: its value is the array of its rows, { row: id, column: text }, with every column in the order of
   the page. Reading, writing and merging lists is here; when they are saved is fill.js's business. */

const ID = "row";
const PLACEHOLDER = "__row__";
const ID_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

export function lists(form) {
  return [...form.querySelectorAll("[data-rows]")];
}

export function listOf(form, name) {
  return form.querySelector(`[data-rows="${CSS.escape(name)}"]`);
}

function cards(list) {
  return [...list.querySelectorAll("[data-row-items] > [data-row]")];
}

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => ID_LETTERS[byte % 36]).join("");
}

/* The columns of a list, as its empty row says: [{ name, label, unit, options: Map of value to label }]. */
const known = new WeakMap();
export function columnsOf(list) {
  if (known.has(list)) return known.get(list);
  const columns = new Map();
  const blank = list.querySelector("[data-row-template]").content;
  for (const input of blank.querySelectorAll(`[name^="${list.dataset.rows}-${PLACEHOLDER}-"]`)) {
    const name = input.name.split("-")[3];
    if (!columns.has(name)) {
      const field = input.closest(".field");
      const label = field.querySelector(".field__label")?.firstChild.textContent.trim() ?? name;
      columns.set(name, { name, label, unit: field.querySelector(".field__unit")?.textContent ?? "", options: new Map() });
    }
    const { options } = columns.get(name);
    if (input.type === "radio" || input.type === "checkbox") options.set(input.value, input.parentElement.textContent.trim());
    for (const option of input.options ?? []) if (option.value) options.set(option.value, option.text);
  }
  known.set(list, [...columns.values()]);
  return known.get(list);
}

export function valueOfInputs(inputs) {
  const [first] = inputs;
  if (!first) return "";
  if (first.dataset.choices) return inputs.filter((box) => box.checked).map((box) => box.value).join(",");
  if (first.type === "radio") return inputs.find((radio) => radio.checked)?.value ?? "";
  if (first.type === "checkbox") return first.checked ? "yes" : "";
  return first.value;
}

export function setInputs(inputs, value) {
  const chosen = value.split(",");
  for (const input of inputs) {
    if (input.dataset.choices) input.checked = chosen.includes(input.value);
    else if (input.type === "radio") input.checked = input.value === value;
    else if (input.type === "checkbox") input.checked = value === "yes";
    else input.value = value;
  }
}

function inputsOf(list, card, column) {
  return [...card.querySelectorAll(`[name="${CSS.escape(`${list.dataset.rows}-${card.dataset.row}-${column}`)}"]`)];
}

/* Only the rows of the page, with the same columns in the same order, so that two lists can be compared as text. */
export function tidyRows(list, rows) {
  return rows.map((row) => ({
    [ID]: row[ID],
    ...Object.fromEntries(columnsOf(list).map(({ name }) => [name, row[name] ?? ""])),
  }));
}

export function isEmptyRow(row) {
  return Object.entries(row).every(([name, text]) => name === ID || text.trim() === "");
}

export function readRows(list) {
  return cards(list).map((card) => ({
    [ID]: card.dataset.row,
    ...Object.fromEntries(columnsOf(list).map(({ name }) => [name, valueOfInputs(inputsOf(list, card, name))])),
  }));
}

export function writeRows(list, rows) {
  for (const line of list.querySelectorAll("[data-row-removed]")) line.remove();
  const present = new Map(cards(list).map((card) => [card.dataset.row, card]));
  const place = list.querySelector("[data-row-items]");
  for (const row of rows) {
    const card = present.get(row[ID]) ?? makeCard(list, row[ID]);
    present.delete(row[ID]);
    place.append(card);
    for (const { name } of columnsOf(list)) setInputs(inputsOf(list, card, name), row[name] ?? "");
  }
  for (const card of present.values()) card.remove();
  recount(list);
}

/* A row in words: 授权号 ZL2021；授权日期 2024-05-08. */
export function wordsOf(list, row) {
  const words = columnsOf(list).map(({ name, label, unit, options }) => {
    const text = row[name] ?? "";
    if (text === "") return "";
    const shown = options.size ? text.split(",").map((value) => options.get(value) ?? value).join("、") : text;
    return `${label} ${shown}${unit}`;
  });
  return words.filter(Boolean).join("；") || "空白";
}

/* Both windows' rows in one list: changes are told by ``base``, the rows that this page last knew to be stored. A cell
   changed here wins, a row is gone only when one side removed it and the other left it alone. */
export function mergeRows(base, mine, theirs) {
  const byId = (rows) => new Map(rows.map((row) => [row[ID], row]));
  const [before, own, other] = [byId(base), byId(mine), byId(theirs)];
  const same = (one, two) => JSON.stringify(one) === JSON.stringify(two);
  const merged = [];
  for (const row of theirs) {
    const [old, here] = [before.get(row[ID]), own.get(row[ID])];
    if (!here) {
      if (!old || !same(old, row)) merged.push(row);
      continue;
    }
    merged.push(Object.fromEntries(Object.entries(row).map(([name, text]) => [name, old && here[name] === old[name] ? text : here[name]])));
  }
  for (const row of mine) {
    const old = before.get(row[ID]);
    if (!other.has(row[ID]) && (!old || !same(old, row))) merged.push(row);
  }
  return merged;
}

function makeCard(list, id) {
  const template = list.querySelector("[data-row-template]");
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML.replaceAll(PLACEHOLDER, id); // our own template, escaped by the server
  return document.importNode(holder.content, true).querySelector("[data-row]");
}

function recount(list) {
  const present = cards(list);
  present.forEach((card, index) => {
    for (const number of card.querySelectorAll("[data-row-number]")) number.textContent = index + 1;
  });
  list.querySelector("[data-row-count]").textContent = present.length;
}

function announce(list, text) {
  list.querySelector("[data-row-said]").textContent = text;
}

function firstInput(card) {
  return card.querySelector("input:not([type=hidden]), select, textarea");
}

function add(list) {
  const count = cards(list).length;
  const { label, max } = list.dataset;
  if (count >= Number(max)) {
    announce(list, `${label}已有 ${count} 项，最多 ${max} 项，没有添加。请先移除不需要的项。`);
    return false;
  }
  const card = makeCard(list, newId());
  list.querySelector("[data-row-items]").append(card);
  recount(list);
  announce(list, `已添加${label}第 ${count + 1} 项`);
  firstInput(card).focus();
  return true;
}

/* Take a row out; a line in its place puts it back. */
function drop(list, card, changed) {
  const { label } = list.dataset;
  const number = cards(list).indexOf(card) + 1;
  const line = document.createElement("p");
  line.className = "row-list__removed";
  line.dataset.rowRemoved = "";
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "btn btn-sm btn-outline-primary";
  undo.textContent = "撤销";
  undo.setAttribute("aria-label", `撤销移除${label}第 ${number} 项`);
  undo.addEventListener("click", () => {
    line.replaceWith(card);
    recount(list);
    announce(list, `已恢复${label}第 ${cards(list).indexOf(card) + 1} 项`);
    firstInput(card).focus();
    changed(list);
  });
  line.append(`已移除${label}第 ${number} 项　`, undo);
  card.replaceWith(line);
  recount(list);
  announce(list, `已移除${label}第 ${number} 项，可以撤销`);
  undo.focus();
}

/* Rows in which nothing was filled in go away when the person saves, never while typing. */
export function dropEmptyRows(form) {
  for (const list of lists(form)) {
    const empty = new Set(readRows(list).filter(isEmptyRow).map((row) => row[ID]));
    for (const card of cards(list)) if (empty.has(card.dataset.row)) card.remove();
    recount(list);
  }
}

/* ``changed(list)`` is called after rows came or went. */
export function startRows(form, changed) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-add], [data-row-drop]");
    if (!button) return;
    event.preventDefault();
    const list = button.closest("[data-rows]");
    if ("rowAdd" in button.dataset) {
      if (add(list)) changed(list);
    } else {
      drop(list, button.closest("[data-row]"), changed);
      changed(list);
    }
  });
}
