/* A name drawn with a finger or a mouse, kept as strokes: M and L, whole numbers, 600 by 200. Without it the typed name is
   the signature, and nothing is missing. */
"use strict";

for (const place of document.querySelectorAll("[data-draw]")) {
  const kept = place.closest("form").querySelector("[data-drawn]");
  const canvas = place.querySelector("canvas");
  const pen = canvas.getContext("2d");
  let path = "", before = null;

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const within = (part, whole) => Math.max(0, Math.min(whole - 1, Math.round(part * whole)));
    return [within((event.clientX - box.left) / box.width, 600), within((event.clientY - box.top) / box.height, 200)];
  };
  const add = (kind, [x, y]) => {
    const next = `${path}${kind}${x} ${y}`;
    if (next.length > 20000) return;
    path = kept.value = next;
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = getComputedStyle(canvas).color;
    before = at(event);
    add("M", before);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!before) return;
    const here = at(event);
    if (here[0] === before[0] && here[1] === before[1]) return;
    pen.beginPath();
    pen.moveTo(...before);
    pen.lineTo(...here);
    pen.stroke();
    add("L", here);
    before = here;
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { before = null; });
  place.querySelector("[data-draw-clear]").addEventListener("click", () => {
    path = kept.value = "";
    pen.clearRect(0, 0, 600, 200);
  });
  place.hidden = false;
}
