/* While somebody types, do a small sum: with it our spam filter can tell a browser from a flood. Without it every form
   works as it stands. Begins when a field is entered, in slices short enough that nobody feels them. */
"use strict";

for (const form of document.querySelectorAll("form[data-proof]")) {
  const bits = Number(form.dataset.proof);
  const mark = form.querySelector("[name$=-shown]");
  if (!mark) continue;
  const add = (number) => {
    const place = document.createElement("input");
    Object.assign(place, { type: "hidden", name: mark.name.replace("shown", "proof"), value: number });
    form.append(place);
  };
  form.addEventListener("focusin", () => search(mark.value, bits, add), { once: true });
}

function search(mark, bits, found) {
  let number = 0;
  const slice = () => {
    const until = performance.now() + 8;
    while (performance.now() < until) {
      for (let tries = 0; tries < 64; tries += 1, number += 1) {
        if (firstWord(`${mark}:${number}`) >>> (32 - bits) === 0) return found(String(number));
      }
    }
    return setTimeout(slice);
  };
  slice();
}

/* SHA-256 (FIPS 180-4) of a short ASCII text; only its first 32 bits are wanted. Written out, because the browser's own
   is not there without TLS and answers one promise at a time. */
function firstWord(text) {
  const constants = firstWord.constants ||= roots();
  const bytes = text.length;
  const words = new Uint32Array((((bytes + 8) >> 6) + 1) * 16);
  for (let i = 0; i < bytes; i += 1) words[i >> 2] |= text.charCodeAt(i) << (24 - (i & 3) * 8);
  words[bytes >> 2] |= 0x80 << (24 - (bytes & 3) * 8);
  words[words.length - 1] = bytes * 8;
  const state = Uint32Array.from(constants.first);
  const w = new Uint32Array(64);
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  for (let block = 0; block < words.length; block += 16) {
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) w[i] = words[block + i];
      else {
        const x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
      }
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants.round[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { state[i] += value; });
  }
  return state[0];
}

/* The constants are the fractions of the square and cube roots of the first primes. */
function roots() {
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
  const fraction = (x) => Math.floor((x - Math.floor(x)) * 4294967296);
  return { first: primes.slice(0, 8).map((p) => fraction(Math.sqrt(p))), round: primes.map((p) => fraction(Math.cbrt(p))) };
}
