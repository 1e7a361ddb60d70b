/* The answers of the page by name, and a copy of the unsaved ones in this browser, keyed by account, filing and page.

   A list of rows is one answer, under the name of the list; its value is the JSON text of its rows. Only answers that
   are not saved yet are kept, from the moment they are typed, and the copy goes away with the next successful save. */

import { isEmptyRow, listOf, mergeRows, readRows, setInputs, tidyRows, valueOfInputs, wordsOf, writeRows } from "./rows.js";

// Every opened page has a copy of its own: two tabs with the same form do not wipe out each other's.
const PAGE = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
const prefixOf = (form) => `portal-draft-${form.dataset.user}-${form.dataset.filing}-`;
const keyOf = (form) => prefixOf(form) + PAGE;

function inputsOf(form, name) {
  const found = form.elements[name];
  if (!found) return [];
  return found instanceof RadioNodeList ? [...found] : [found];
}

export function rowsText(list, rows) {
  return JSON.stringify(tidyRows(list, rows));
}

export function valueOf(form, name) {
  const list = listOf(form, name);
  if (list) return rowsText(list, readRows(list));
  const inputs = inputsOf(form, name);
  return inputs.length ? valueOfInputs(inputs) : null;
}

export function setValue(form, name, value) {
  const list = listOf(form, name);
  if (list) writeRows(list, JSON.parse(value));
  else setInputs(inputsOf(form, name), value);
}

export function labelOf(form, name) {
  const list = listOf(form, name);
  if (list) return list.dataset.label;
  const [field] = inputsOf(form, name);
  const spoken = field?.getAttribute("aria-label");
  if (spoken) return spoken;
  const label = field?.closest(".field")?.querySelector(".field__label, .fill-agree > span");
  return (label?.firstChild?.textContent ?? name).trim();
}

/* A value as a person reads it: the words of its options instead of their codes. */
export function shownValue(form, name, value) {
  if (!value) return "空白";
  const [field] = inputsOf(form, name);
  if (field?.type === "checkbox" && !field.dataset.choices) return "已勾选";
  const options = new Map(
    field?.options
      ? [...field.options].map((option) => [option.value, option.text])
      : inputsOf(form, name).filter((input) => ["radio", "checkbox"].includes(input.type)).map((input) => [input.value, input.parentElement.textContent.trim()]),
  );
  return options.size ? value.split(",").map((each) => options.get(each) ?? each).join("、") : value;
}

/* The rows of a list value as lines of words; empty rows are not worth a line. */
export function shownRows(form, name, value) {
  const list = listOf(form, name);
  const rows = JSON.parse(value).filter((row) => !isEmptyRow(row));
  return rows.length ? rows.map((row, index) => `第 ${index + 1} 项：${wordsOf(list, row)}`) : ["空白"];
}

export function mergedRows(base, mine, theirs) {
  return JSON.stringify(mergeRows(JSON.parse(base ?? "[]"), JSON.parse(mine), JSON.parse(theirs)));
}

/* ``bases`` are the list values that this page last knew to be stored. Returns whether the browser took the copy
   (storage may be full or switched off). */
export function keepCopy(form, names, bases) {
  const values = Object.fromEntries([...names].map((name) => [name, valueOf(form, name)]));
  const known = Object.fromEntries(Object.entries(bases).filter(([name]) => name in values));
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values, bases: known }));
    return true;
  } catch {
    return false;
  }
}

/* Forget this page's own copy, or those that readCopy has found. */
export function dropCopy(form, keys = [keyOf(form)]) {
  try {
    keys.forEach((key) => localStorage.removeItem(key));
  } catch {
    /* storage is switched off: there is no copy either */
  }
}

/* The copies that earlier pages have left, oldest first. */
function copiesOf(form) {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefixOf(form)) && key !== keyOf(form));
  return keys.map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) })).sort((one, other) => one.at - other.at);
}

/* Returns { at, values, keys } with the values that differ from the page, or null. The rows of a copied list are laid
   over the page's, so that rows which another window has added meanwhile stay. */
export function readCopy(form) {
  try {
    const copies = copiesOf(form);
    if (copies.length === 0) return null;
    const values = {};
    for (const copy of copies) {
      for (const [name, value] of Object.entries(copy.values)) {
        const present = valueOf(form, name);
        if (present === null) continue;
        values[name] = listOf(form, name) ? mergedRows(copy.bases?.[name], value, values[name] ?? present) : value;
        if (values[name] === present) delete values[name];
      }
    }
    const keys = copies.map((copy) => copy.key);
    if (Object.keys(values).length) return { at: new Date(copies.at(-1).at), values, keys };
    dropCopy(form, keys);
  } catch {
    /* storage is switched off */
  }
  return null;
}
