/* 【显示】 puts the full value in its place; without scripts the button leads to a page with it. */
for (const button of document.querySelectorAll("button[data-reveal]")) {
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      const answer = await fetch(button.formAction, {
        method: "POST", body: fields(button.form), headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      const data = await answer.json();
      if (answer.ok) {
        button.parentElement.querySelector("[data-value]").textContent = data.value;
        button.parentElement.querySelector("[data-refusal]")?.remove();
        button.remove();
        window.dispatchEvent(new Event("portal:activity"));
        return;
      }
      say(button, data.message ?? "未能显示，请刷新页面后再试。");
    } catch {
      say(button, "未能显示，请检查网络后再试。");
    }
    button.disabled = false;
  });
}

/* The token, and which version of a filing is meant; nothing else that stands in a form around the button. */
function fields(form) {
  const sent = new URLSearchParams();
  for (const name of ["csrfmiddlewaretoken", "snapshot"]) {
    if (form.elements[name]) sent.set(name, form.elements[name].value);
  }
  return sent;
}

function say(button, sentence) {
  let place = button.parentElement.querySelector("[data-refusal]");
  if (!place) {
    place = document.createElement("span");
    place.dataset.refusal = "";
    place.className = "reveal__refusal";
    place.setAttribute("role", "alert");
    button.after(place);
  }
  place.textContent = sentence;
}
