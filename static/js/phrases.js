// 常用语: puts the chosen phrase into the comment at the cursor. Without this script the server puts it in front.
function insert(area, text) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const before = value.slice(0, start);
  const glue = before && !before.endsWith("\n") ? "\n" : "";
  area.setRangeText(glue + text, start, end, "end");
  area.focus();
}

for (const box of document.querySelectorAll("[data-phrases]")) {
  const area = document.getElementById(box.dataset.phrases);
  const select = box.querySelector("select");
  const button = box.querySelector("[data-phrases-insert]");
  box.querySelector("[data-phrases-plain]").textContent = "选中后点击【插入到意见】，加在意见中光标所在的位置，可以再修改。";
  button.hidden = false;
  button.addEventListener("click", () => {
    const chosen = select.selectedOptions[0];
    if (!chosen?.value) {
      select.focus();
      return;
    }
    insert(area, chosen.text);
    select.value = "";
  });
}

for (const link of document.querySelectorAll("a[data-insert]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const area = document.getElementById(link.dataset.insertInto);
    if (!area.value.includes(link.dataset.insert)) insert(area, link.dataset.insert);
    else area.focus();
  });
}
