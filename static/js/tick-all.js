// 全选本页: the box in the head of a table ticks the boxes of its rows. Without this script it stays hidden.
for (const head of document.querySelectorAll("[data-tick-all]")) {
  const all = head.querySelector("input");
  const boxes = [...head.closest("table").querySelectorAll("tbody input[type=checkbox]")];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = boxes.length > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", show));
  show();
  head.hidden = false;
}
