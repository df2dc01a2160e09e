/* The inbox: single keys for its buttons, and who else has this conversation open. Nothing here is needed to work. */
"use strict";

/* A key presses the button that shows it; on a link to a field it goes to the field. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.closest("form.reply")?.requestSubmit();
    return;
  }
  if (event.key.length !== 1 || !window.keysAllowed(event)) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button) return;
  event.preventDefault();
  const field = button.hash && document.querySelector(button.hash);
  if (field) field.focus();
  else {
    button.click();
    if (button.matches("summary")) (button.parentElement.querySelector("textarea, button") || button).focus();
  }
});

for (const link of document.querySelectorAll("a[data-key][href^='#']")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector(link.hash)?.focus();
  });
}

const place = document.querySelector("[data-presence]");
const reply = document.querySelector("form.reply textarea");
if (place) {
  const first = reply?.value;
  const filled = reply?.form.matches("[data-filled]");
  let kept = filled ? null : first;
  const tell = async () => {
    if (document.hidden) return;
    const body = new URLSearchParams({
      csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value,
      seen: place.dataset.seen,
      writing: reply && (filled || reply.value !== first) ? "1" : "0",
    });
    const text = reply?.value;
    if (reply && text !== kept && !reply.form.dataset.sent) body.set("text", text);
    try {
      const answer = await fetch(place.dataset.presence, { method: "POST", body, credentials: "same-origin", redirect: "error" });
      if (!answer.ok) return;
      const saved = answer.headers.get("X-Draft-Saved");
      if (saved) {
        kept = text;
        document.querySelector("[data-saved]").textContent = `Draft saved ${saved}`;
      }
      const words = await answer.text();
      if (words === place.dataset.shown) return; // leave the focus alone
      place.dataset.shown = words;
      place.innerHTML = words;
    } catch { /* the line is down, or the sitting is over; the page works as it stands */ }
  };
  tell();
  setInterval(tell, 10000);
  document.addEventListener("visibilitychange", tell);
}
