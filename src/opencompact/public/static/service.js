// Keeps what is typed into a form marked data-keep in this browser until it is sent: a lost connection loses nothing.
// Without script nothing is missing but this.
"use strict";
for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = "opencompact:" + form.dataset.keep;
  const fields = () => [...form.elements].filter((e) => e.name && !["hidden", "file", "password", "submit"].includes(e.type));
  const said = () => JSON.stringify(fields().map((e) => (["checkbox", "radio"].includes(e.type) ? e.checked : e.value)));
  const fresh = said();
  const offer = form.querySelector("[data-restore]");
  const kept = localStorage.getItem(key);
  if (kept && kept !== fresh && offer) {
    offer.hidden = false;
    offer.querySelector("button").addEventListener("click", () => {
      JSON.parse(kept).forEach((value, i) => {
        const e = fields()[i];
        if (e) ["checkbox", "radio"].includes(e.type) ? (e.checked = value) : (e.value = value);
      });
      offer.hidden = true;
    });
  }
  form.addEventListener("input", () => localStorage.setItem(key, said()));
  form.addEventListener("submit", () => localStorage.removeItem(key));
}
