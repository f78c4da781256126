// Keeps what is typed into a form marked data-keep in this browser until the service says that it has it: neither a lost
// connection nor a session that ran out loses anything. It is kept for the person who typed it, and forgotten when that
// person signs out. Without script nothing is missing but this.
"use strict";
const PREFIX = "opencompact/";
const person = document.body.dataset.person;
const forget = (begins) => Object.keys(localStorage).filter((key) => key.startsWith(begins)).forEach((key) => localStorage.removeItem(key));
forget("opencompact:"); // what was kept for nobody in particular

// Whoever asked to sign out has signed out where a page comes that knows nobody, or somebody else.
const leaving = localStorage.getItem("opencompact-leaving");
if (leaving && leaving !== person) forget(PREFIX + leaving + "/");
localStorage.removeItem("opencompact-leaving");
for (const form of document.querySelectorAll("form[data-leave]")) {
  form.addEventListener("submit", () => localStorage.setItem("opencompact-leaving", person));
}

for (const told of document.querySelectorAll("[data-sent]")) localStorage.removeItem(PREFIX + person + "/" + told.dataset.sent);

for (const form of person ? document.querySelectorAll("form[data-keep]") : []) {
  const key = PREFIX + person + "/" + form.dataset.keep;
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
}

// The address that lasts, to be pasted elsewhere; where the browser cannot do that, the link beside it can be copied.
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.textContent = button.dataset.copied;
  });
}

// Where one question shows at a time, the key that ends a line leads to the next question; elsewhere it sends the form.
for (const field of document.querySelectorAll(".asks input:not([type=checkbox])")) {
  const next = field.closest(".question")?.querySelector(".turns .on");
  field.addEventListener("keydown", (press) => {
    if (press.key !== "Enter" || press.isComposing || !next?.offsetParent) return;
    press.preventDefault();
    next.click();
  });
}
