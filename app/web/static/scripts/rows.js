// Rows of a list by keys: up and down, open, choose; and letters that answer a row's question.
import { isVisible } from "./focus.js";

/** Move the focus from row to row; tell whether there was a row to move to. */
function move(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(isVisible);
  if (!rows.length) { return false; }
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  const target = row.querySelector("a[data-open]") || row;
  target.focus();
  target.scrollIntoView({ block: "nearest" });
  return true;
}

// Who comes to a list by a key goes on by keys: there the first row has the focus.
export function arriving(address) {
  try { sessionStorage.setItem("by-key", address); } catch { /* without storage the page begins at its top */ }
}

export function arrive() {
  let address = null;
  try { address = sessionStorage.getItem("by-key"); sessionStorage.removeItem("by-key"); } catch { /* as above */ }
  if (address === window.location.href && document.activeElement === document.body) { move(1); }
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
