/* Offers the answers that this browser kept because they could not be saved (fill-copy.js). */

import { dropCopy, labelOf, readCopy, setValue, shownRows, shownValue, valueOf } from "./fill-copy.js";
import { listOf } from "./rows.js";

function describe(form, name, value) {
  const label = labelOf(form, name);
  const present = valueOf(form, name);
  if (!listOf(form, name)) return [`${label}：本机“${shownValue(form, name, value)}”，已保存“${shownValue(form, name, present)}”`];
  return [
    `${label}，恢复后：${shownRows(form, name, value).join("　")}`,
    `${label}，已保存：${shownRows(form, name, present).join("　")}`,
  ];
}

/* ``restored(names)`` is called when the person has put the kept answers into the form. */
export function offerCopy(form, restored) {
  const copy = readCopy(form);
  if (!copy) return;
  const box = document.querySelector("[data-restore]");
  box.querySelector("[data-restore-time]").textContent = copy.at.toLocaleString("zh-CN");
  box.querySelector("[data-restore-list]").replaceChildren(
    ...Object.entries(copy.values).flatMap(([name, value]) => describe(form, name, value)).map((text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }),
  );
  box.hidden = false;
  box.querySelector("[data-restore-yes]").onclick = () => {
    for (const [name, value] of Object.entries(copy.values)) setValue(form, name, value);
    box.hidden = true;
    restored(Object.keys(copy.values)); // keeps them under this page's own copy
    dropCopy(form, copy.keys);
  };
  box.querySelector("[data-restore-no]").onclick = () => {
    dropCopy(form, copy.keys);
    box.hidden = true;
  };
}
