/* 【显示】 puts the full value in its place; without scripts the form leads to a page with it. */
for (const form of document.querySelectorAll("form[data-reveal]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    const place = form.querySelector("[data-value]");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      const data = await answer.json();
      if (answer.ok) {
        place.textContent = data.value;
        button.remove();
        window.dispatchEvent(new Event("portal:activity"));
        return;
      }
      say(form, data.message ?? "未能显示，请刷新页面后再试。");
    } catch {
      say(form, "未能显示，请检查网络后再试。");
    }
    button.disabled = false;
  });
}

function say(form, sentence) {
  let place = form.querySelector("[data-refusal]");
  if (!place) {
    place = document.createElement("p");
    place.dataset.refusal = "";
    place.className = "reveal__refusal";
    place.setAttribute("role", "alert");
    form.append(place);
  }
  place.textContent = sentence;
}
