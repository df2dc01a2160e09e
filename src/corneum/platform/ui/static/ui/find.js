/* The list that opens under the field for finding anyone. Without this file the field's button shows the same on a page. */
"use strict";

{ // a scope of its own
const form = document.querySelector("[data-find-list]");
const field = form?.querySelector("[data-find]");
const list = form?.querySelector("[data-found]");
const say = (sentence) => document.dispatchEvent(new CustomEvent("say", { detail: sentence }));
const WAIT = 120; // ms: faster than a pause, slower than the next letter
let asking = null;
let turn = 0;

const close = () => { list.hidden = true; list.replaceChildren(); };
const links = () => [...list.querySelectorAll("a")];
const ask = async () => {
  asking?.abort();
  if (field.value.trim().length < 2) return close();
  asking = new AbortController();
  const sent = new URLSearchParams(new FormData(form)); // with the token of the form, in the body and never in the address
  try {
    const answer = await fetch(form.dataset.findList, { method: "POST", body: sent, signal: asking.signal });
    if (!answer.ok || answer.redirected) return close();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    list.replaceChildren(...page.body.childNodes);
    list.hidden = false;
    const count = list.querySelectorAll("li").length;
    say(count ? `${count} found. Arrow down to reach them.` : list.textContent.trim());
  } catch { /* another letter was typed, or there is no network: the button still works */ }
};

if (field && list) {
  field.addEventListener("input", () => { clearTimeout(turn); turn = setTimeout(ask, WAIT); });
  form.addEventListener("keydown", (event) => {
    const here = links().indexOf(document.activeElement);
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
      field.focus();
    } else if (event.key === "ArrowDown" && links().length) {
      event.preventDefault();
      links()[Math.min(here + 1, links().length - 1)].focus();
    } else if (event.key === "ArrowUp" && here >= 0) {
      event.preventDefault();
      (links()[here - 1] || field).focus();
    }
  });
  form.addEventListener("submit", () => { clearTimeout(turn); asking?.abort(); });
  for (const kind of ["click", "focusin"]) {
    document.addEventListener(kind, (event) => { if (!form.contains(event.target)) close(); });
  }
}
}
