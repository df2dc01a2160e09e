/* The diary by keyboard, kept fresh, and with names hidden. Without this file every button and link works as it stands. */
"use strict";

{ // a scope of its own: page.js has names of its own
const $ = (selector, within = document) => within.querySelector(selector);
const tell = (sentence) => document.dispatchEvent(new CustomEvent("say", { detail: sentence }));
let store = null;
try { store = localStorage; } catch { /* a browser that keeps nothing */ }

/* --- one tab stop a column, arrows inside ------------------------------------------------- */
const columns = () => [...document.querySelectorAll("[data-column]")];
const stops = (column) => [...column.querySelectorAll("a, button")];
const rove = () => columns().forEach((column) => {
  const all = stops(column);
  const current = all.find((one) => one.hasAttribute("aria-current")) || all.find((one) => !one.classList.contains("gap")) || all[0];
  all.forEach((one) => { one.tabIndex = one === current ? 0 : -1; });
});
const go = (target) => {
  if (!target) return;
  stops(target.closest("[data-column]")).forEach((one) => { one.tabIndex = one === target ? 0 : -1; });
  target.focus();
};
const top = (one) => one.getBoundingClientRect().top;
const walk = (key, here) => {
  const column = here.closest("[data-column]");
  const all = stops(column);
  if (key === "ArrowDown") return all[all.indexOf(here) + 1];
  if (key === "ArrowUp") return all[all.indexOf(here) - 1];
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  const full = columns().filter((one) => stops(one).length);
  const beside = full[full.indexOf(column) + (key === "ArrowRight" ? 1 : -1)];
  return beside && stops(beside).reduce((near, one) => Math.abs(top(one) - top(here)) < Math.abs(top(near) - top(here)) ? one : near);
};
document.addEventListener("keydown", (event) => {
  const here = event.target.closest?.("[data-column] a, [data-column] button");
  if (!here || event.ctrlKey || event.metaKey || event.altKey || !/^(Arrow|Home$|End$)/.test(event.key)) return;
  const target = walk(event.key, here);
  if (target) { event.preventDefault(); go(target); }
});

/* --- single keys: each presses a button or a link that can be seen ------------------------ */
const act = async (link, what, sentence) => {
  const token = $("[name=csrfmiddlewaretoken]")?.value;
  const answer = await fetch(`${link.getAttribute("href")}${what}/`, { method: "POST", headers: { "X-CSRFToken": token } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  tell($("[data-say]", page)?.textContent || sentence);
  await renew();
};
let going = false;
document.addEventListener("keydown", (event) => {
  if (!window.keysAllowed(event) || event.shiftKey && event.key !== "?") return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const focused = document.activeElement?.closest?.("[data-ref]");
  if (going) {
    going = false;
    $(`[data-go="${{ d: "diary", i: "inbox", p: "patients", m: "messages", c: "clinic", w: "waiting" }[key]}"]`)?.click();
    return;
  }
  if (key === "g") { going = true; setTimeout(() => { going = false; }, 1500); return; }
  if (key === "u") { $(".toast form button, .undo button")?.click(); return; }
  if (focused && key === "a" && focused.matches(".booked, .arrived")) {
    act(focused, focused.matches(".arrived") ? "undo-arrival" : "arrive", "Done");
    return;
  }
  if (focused && key === "r" && focused.matches(".arrived")) { act(focused, "room", "Done"); return; }
  if (focused && key === "m" && focused.matches(".booked")) { location.href = `?move=${focused.dataset.ref}`; return; }
  if (key === "n" && document.activeElement?.matches(".gap")) { document.activeElement.click(); return; }
  const pressed = $(`[data-key="${CSS.escape(key)}"]:not([hidden])`);
  if (pressed && !$("dialog[open]")) { event.preventDefault(); pressed.click(); }
});

/* --- names hidden: by the button, and by itself on a screen that visitors see -------------- */
const root = document.documentElement;
const hide = (yes) => {
  root.toggleAttribute("data-nameless", yes);
  store?.setItem("nameless", yes ? "yes" : "");
  document.querySelectorAll("[data-names]").forEach((one) => one.setAttribute("aria-pressed", String(yes)));
  document.querySelectorAll(".occ").forEach((one) => {
    if (yes && one.title) { one.dataset.title = one.title; one.title = ""; }
    if (!yes && one.dataset.title) one.title = one.dataset.title;
  });
};
const IDLE = 2 * 60 * 1000;
let idle = 0;
const awake = () => {
  clearTimeout(idle);
  if (store?.getItem("facing") === "yes") idle = setTimeout(() => hide(true), IDLE);
};
["keydown", "pointerdown", "pointermove"].forEach((kind) => document.addEventListener(kind, awake, { passive: true }));
document.querySelectorAll("[data-names]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => hide(!root.hasAttribute("data-nameless")));
});
const facing = $("[data-facing]");
if (facing) {
  facing.checked = store?.getItem("facing") === "yes";
  facing.addEventListener("change", () => { store?.setItem("facing", facing.checked ? "yes" : ""); awake(); });
}

/* --- all keys ------------------------------------------------------------------------------ */
const keys = $("[data-keys]");
document.querySelectorAll("[data-keys-open]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => keys.showModal());
});

/* --- another desk's change: a number is asked for, and only when it rises the day is read anew */
const ITSELF = { "X-By-Itself": "yes" }; // nobody does anything: the sitting ends in its time
let version = "";
const renew = async () => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html", ...ITSELF } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.closest?.("[data-column] a")?.getAttribute("href");
  document.querySelectorAll("[data-live]").forEach((old) => {
    const fresh = $(`[data-live="${old.dataset.live}"]`, page);
    if (!fresh || old.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) return;
    const [x, y] = [$(".book", old)?.scrollLeft, old.scrollTop];
    old.replaceChildren(...fresh.childNodes);
    if ($(".book", old)) $(".book", old).scrollLeft = x;
    old.scrollTop = y;
  });
  rove();
  hide(root.hasAttribute("data-nameless"));
  if (focused) go($(`[data-column] a[href="${CSS.escape(focused)}"]`));
};
let asking = false;
const ask = async () => {
  if (document.hidden || asking) return;
  asking = true;
  try {
    const answer = await fetch($("[data-version]").dataset.version, { headers: ITSELF, redirect: "manual", signal: AbortSignal.timeout(10000) });
    if (answer.type === "opaqueredirect") { location.reload(); return; } // the sitting is over: no names stay on the screen
    if (!answer.ok) return;
    const now = await answer.text();
    if (version && now !== version) { await renew(); }
    version = now;
  } catch { /* no network, a laptop that slept, or the server starts anew: the next turn asks again */ } finally { asking = false; }
};
if ($("[data-version]")) {
  ask();
  setInterval(ask, 1500);
  setInterval(() => document.hidden || renew(), 60000); // the line for now, and the minutes of those who wait
  document.addEventListener("visibilitychange", ask);
}
rove();
hide(store?.getItem("nameless") === "yes");
awake();
}
