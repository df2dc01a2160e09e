/* Passkeys. The form is hidden until we know that the browser has them; without this file passwords and codes work. */
"use strict";

(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));

  const get = async ({ publicKey }) => {
    const found = await navigator.credentials.get({
      publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: keys(publicKey.allowCredentials) },
    });
    return written(found, {
      authenticatorData: text(found.response.authenticatorData),
      signature: text(found.response.signature),
      userHandle: found.response.userHandle ? text(found.response.userHandle) : null,
    });
  };

  const create = async ({ publicKey }) => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        user: { ...publicKey.user, id: bytes(publicKey.user.id) },
        excludeCredentials: keys(publicKey.excludeCredentials),
        // One that can sign in by itself, and asks for a fingerprint, face or PIN.
        authenticatorSelection: { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" },
      },
    });
    return written(made, {
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports ? made.response.getTransports() : [],
    });
  };

  const written = (credential, response) => ({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  });

  const options = async ({ dataset }) => {
    if (dataset.options) return JSON.parse(document.getElementById(dataset.options).textContent);
    const answer = await fetch(dataset.ask, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return (await answer.json()).request_options;
  };

  const problem = (error) => {
    if (error.name === "InvalidStateError") return "This device has a passkey of yours already.";
    if (error.name === "NotAllowedError") return "No passkey was used. Try again, or sign in another way.";
    return "That did not work. Try again, or sign in another way.";
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const place = form.querySelector("[data-problem]");
      place.textContent = "";
      try {
        const credential = await (form.dataset.passkey === "create" ? create : get)(await options(form));
        form.elements.credential.value = JSON.stringify(credential);
        form.submit();
      } catch (error) {
        place.textContent = problem(error);
      }
    });
  });
  document.querySelectorAll("[data-without-passkeys]").forEach((note) => { note.hidden = true; });
})();
