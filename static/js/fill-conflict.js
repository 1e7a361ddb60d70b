/* Another window has saved the same form: show what differs on both sides and let the person choose, for each list too. */

import { mergedRows, rowsText, shownRows, shownValue, valueOf } from "./fill-copy.js";
import { isEmptyRow, listOf } from "./rows.js";

const CHOICES = [
  ["both", "合并：两边填写的各项都保留，同一项两边都改过的以本页为准"],
  ["mine", "只用本页的各项"],
  ["theirs", "只用另一窗口的各项"],
];

function make(tag, text = "", className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function lines(title, texts) {
  const part = make("div", "", "stale-side");
  part.append(make("strong", title), ...texts.map((text) => make("p", text)));
  return part;
}

function theirText(form, name, other) {
  const list = listOf(form, name);
  return list ? rowsText(list, other.rows) : other.value;
}

/* The names in ``dirty`` whose values differ from what the other window has stored. */
export function differingNames(form, dirty, theirs) {
  return [...dirty].filter((name) => theirs[name] && theirText(form, name, theirs[name]) !== valueOf(form, name));
}

/* The rows in which the two sides differ, as lines of words; equal ones are only counted. */
function differingRows(form, name, rows, others) {
  const known = new Set(others.map((row) => JSON.stringify(row)));
  const words = shownRows(form, name, JSON.stringify(rows));
  const filled = rows.filter((row) => !isEmptyRow(row));
  const differing = words.filter((_, index) => !filled[index] || !known.has(JSON.stringify(filled[index])));
  const equal = words.length - differing.length;
  return [...differing, ...(equal ? [`另有 ${equal} 项两边相同`] : [])];
}

/* One entry of the list of differences; the choice of a list is a radio group inside it. */
export function describeDifference(form, name, other) {
  const entry = make("li");
  if (!listOf(form, name)) {
    entry.textContent = `${other.label}：本页“${shownValue(form, name, valueOf(form, name))}”，另一窗口“${shownValue(form, name, other.value)}”`;
    return entry;
  }
  const mine = JSON.parse(valueOf(form, name));
  const theirs = JSON.parse(theirText(form, name, other));
  const group = make("fieldset", "", "stale-list");
  group.append(
    make("legend", other.label),
    lines("本页", differingRows(form, name, mine, theirs)),
    lines("另一窗口", differingRows(form, name, theirs, mine)),
    ...CHOICES.map(([value, text], index) => {
      const label = make("label");
      const radio = document.createElement("input");
      Object.assign(radio, { type: "radio", name: `stale:${name}`, value, checked: index === 0 });
      label.append(radio, ` ${text}`);
      return label;
    }),
  );
  entry.className = "stale-entry";
  entry.append(group);
  return entry;
}

/* The rows to store for a list, given the choice made for it (both sides when there was nothing to choose). */
export function chosenRows(form, box, name, base, other) {
  const choice = [...box.querySelectorAll("input:checked")].find((radio) => radio.name === `stale:${name}`)?.value;
  const mine = valueOf(form, name);
  if (choice === "mine" || !other) return JSON.parse(mine);
  const theirs = theirText(form, name, other);
  return JSON.parse(choice === "theirs" ? theirs : mergedRows(base, mine, theirs));
}

