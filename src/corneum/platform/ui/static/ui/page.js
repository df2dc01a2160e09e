/* Niceties for every page. Nothing on any page needs this file: without it every form and link works as it stands. */
"use strict";

const all = (selector, act) => document.querySelectorAll(selector).forEach(act);

/* One polite voice a page: what is said a second time is said again. */
const say = (sentence) => {
  const region = document.querySelector("[data-status]");
  if (!region) return;
  region.textContent = "";
  setTimeout(() => { region.textContent = sentence.replace(/\s+/g, " "); }, 150);
};
document.addEventListener("say", (event) => say(event.detail));
all("[data-say]", (place) => say(place.textContent.trim()));

/* What is wrong comes first. */
document.querySelector("[data-error-summary]")?.focus();

/* A form is sent once, and its button says so. It is never disabled: a disabled button loses focus and explains nothing. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.busy) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  const button = event.submitter || form.querySelector("button:not([type=button])");
  if (!button) return;
  setTimeout(() => {
    button.setAttribute("aria-disabled", "true");
    button.dataset.label = button.innerHTML;
    button.textContent = form.dataset.busy;
    say(form.dataset.busy);
  });
});
/* Back from the next page: the browser may show this one just as it was left. */
addEventListener("pageshow", (event) => event.persisted && all("form[data-sent]", (form) => {
  delete form.dataset.sent;
  form.querySelectorAll("[data-label]").forEach((button) => {
    button.innerHTML = button.dataset.label;
    button.removeAttribute("aria-disabled");
  });
}));

/* Choosing is enough: the button beside the choice is for pages without script. A keyboard that walks
   through the options is left in peace until it leaves or presses Enter. */
all("select[data-submit]", (select) => {
  const form = select.form;
  form.querySelectorAll("[data-submit-button]").forEach((button) => { button.hidden = true; });
  const first = select.value;
  let walking = false;
  const send = () => { if (select.value !== first) form.requestSubmit(); };
  select.addEventListener("keydown", (event) => { walking = event.key.startsWith("Arrow"); if (event.key === "Enter") send(); });
  select.addEventListener("pointerdown", () => { walking = false; });
  select.addEventListener("change", () => { if (!walking) send(); });
  select.addEventListener("blur", send);
});

/* A time is kept for a while: count down in whole minutes, warn once, then say plainly that it is over. */
all("[data-until]", (place) => {
  const skew = place.dataset.now ? place.dataset.now * 1000 - Date.now() : 0; // the server's clock decides
  const left = place.querySelector("[data-left]");
  let warned = false;
  const tick = () => {
    const seconds = place.dataset.until - (Date.now() + skew) / 1000;
    if (seconds <= 0) {
      if (place.dataset.over) place.textContent = place.dataset.over;
      say(place.textContent.trim());
      return;
    }
    const minutes = Math.ceil(seconds / 60);
    if (left) left.textContent = minutes === 1 ? "1 minute" : `${minutes} minutes`;
    if (seconds <= 120 && !warned) {
      warned = true;
      say(place.textContent.trim());
    }
    setTimeout(tick, 1000);
  };
  tick();
});

all("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

/* Menus close when one presses Escape or goes elsewhere. */
const menus = "details.menu, details.me";
document.addEventListener("keydown", (event) => event.key === "Escape" && all(menus, (menu) => {
  if (!menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}));
for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => all(menus, (menu) => { if (!menu.contains(event.target)) menu.open = false; }));
}

/* Single keys can be switched off, and never act while somebody types. Other scripts ask `keysAllowed(event)`. */
const root = document.documentElement;
let kept = null;
try { kept = localStorage; } catch { /* a browser that keeps nothing */ }
root.dataset.keys = kept?.getItem("keys") || "on";
window.keysAllowed = (event) => root.dataset.keys === "on" && !event.ctrlKey && !event.metaKey && !event.altKey
  && !event.target.closest("input, textarea, select, [contenteditable]");
all("[data-keys-switch]", (button) => {
  const word = () => { button.textContent = root.dataset.keys === "on" ? "Switch single keys off" : "Switch single keys on"; };
  button.hidden = false;
  word();
  button.addEventListener("click", () => {
    root.dataset.keys = root.dataset.keys === "on" ? "off" : "on";
    kept?.setItem("keys", root.dataset.keys);
    word();
  });
});
document.addEventListener("keydown", (event) => {
  const find = document.querySelector("[data-find]");
  if (event.key !== "/" || !find || !window.keysAllowed(event)) return;
  event.preventDefault();
  find.focus();
});
