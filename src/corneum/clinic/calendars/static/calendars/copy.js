/* Copies a secret link in one press. Without this file the link can be marked and copied as any text. */
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const place = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard) continue; // only where the page came by https, or from this machine
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(place.value);
      document.dispatchEvent(new CustomEvent("say", { detail: "The link is copied." }));
      button.firstChild.textContent = "Copied";
    } catch {
      place.focus();
      place.select();
    }
  });
}
