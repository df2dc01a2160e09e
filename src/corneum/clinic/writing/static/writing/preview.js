/* Shows a page while it is typed: the server draws it, as its Preview button does without this file. */
"use strict";

const form = document.querySelector("[data-preview]");
const shown = document.querySelector("[data-shown]");
const PAUSE = 400; // milliseconds without a key
let waiting = 0;
let asking = null;

async function draw() {
  asking?.abort();
  asking = new AbortController();
  const typed = new FormData(form);
  typed.set("preview", "live");
  try {
    const answer = await fetch(form.action, { method: "POST", body: typed, signal: asking.signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    shown.replaceChildren(...drawn.body.childNodes);
    shown.removeAttribute("data-late");
  } catch (trouble) {
    if (trouble.name !== "AbortError") shown.setAttribute("data-late", ""); // it says that it is behind
  }
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(draw, PAUSE);
});
form.querySelector("[data-by-hand]").hidden = true;
