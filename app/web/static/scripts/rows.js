// Rows of a list by keys: up and down, open, choose; and letters that answer a row's question.
import { isVisible } from "./focus.js";

/** Move the focus from row to row; tell whether there was a row to move to. */
function move(step, options) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(isVisible);
  if (!rows.length) { return false; }
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  const target = row.querySelector("a[data-open]") || row;
  target.focus(options);
  if (!options?.preventScroll) { target.scrollIntoView({ block: "nearest" }); }
  return true;
}

function keep(name, address) {
  try { sessionStorage.setItem(name, address); } catch { /* without storage the page begins at its top */ }
}

function taken(name) {
  try {
    const address = sessionStorage.getItem(name);
    sessionStorage.removeItem(name);
    return address;
  } catch { return null; }
}

// Who comes to a list by a key goes on by keys: there the first row has the focus. In the inbox it
// has it whichever way somebody comes from a page of ours; after an address typed the top has it.
export function arriving(address) { keep("by-key", address); }

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (link) { keep("by-link", link.href); }
});
document.addEventListener("submit", () => keep("by-link", "any"));

export function arrive() {
  const here = window.location.href;
  const byKey = taken("by-key") === here;
  const byLink = [here, "any"].includes(taken("by-link"));
  const begins = byKey || (byLink && document.querySelector("[data-arrive]"));
  if (begins && document.activeElement === document.body) { move(1, { preventScroll: true }); }
}

const STEPS = { j: 1, k: -1 };
const PARTS = { o: "a[data-open]", x: "input[type=checkbox]" };

/** What a letter does with the row that has the focus. */
export function rowKey(key, event) {
  if (key in STEPS) {
    if (move(STEPS[key])) { event.preventDefault(); }
    return;
  }
  const row = document.activeElement?.closest?.("[data-row]");
  if (!row || !(key in PARTS)) { return; }
  row.querySelector(PARTS[key])?.click();
  event.preventDefault();
}

/** Choose one of a row's options by its letter and go on to the next row; only while focus is there. */
export function chooses(key, event) {
  const row = event.target.closest("[data-choices]");
  if (!row) { return false; }
  const rows = [...row.closest("form").querySelectorAll("[data-choices]")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  const option = row.querySelector(`[data-letter="${CSS.escape(key)}"]`);
  if (!step && !option) { return false; }
  event.preventDefault();
  option?.click();
  const next = rows[rows.indexOf(row) + (step || 1)] || row;
  (next.querySelector(":checked") || next.querySelector("input")).focus();
  return true;
}
