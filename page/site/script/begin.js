// The script of a gallery. Without it everything can be read; with it images are hashed and
// the gallery can be searched.
"use strict";
(() => {
const labels = []; // [label, [value, …]], texts as arrays of pieces
const entries = []; // [number, token, level, name, image, mark, moves, [label, value, …]]
globalThis.genproofWords = (list) => { for (const x of list) labels.push(x); };
globalThis.genproofEntries = (list) => { for (const x of list) entries.push(x); };

const at = (id) => document.getElementById(id);
const up = new URL(".", document.currentScript.src).href; // the site's folder

function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
}

// shown makes nodes of a text's pieces: [text, class, why] stands in a box of its own.
const shown = (pieces) => pieces.map((p) => (typeof p === "string" ? p : element("span", { class: p[1], title: p[2] }, p[0])));
const textOf = (pieces) => pieces.map((p) => (typeof p === "string" ? p : p[0])).join("");
