// Keys: letters only, read from the visible controls that carry them.
"use strict";

const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
let pending = "";
let pendingUntil = 0;

function controlFor(keys) {
  const open = document.querySelector("dialog[open]");
  const scope = open || document;
  const current = document.querySelector("[data-notice]:focus-within") || document.querySelector("[data-notice][data-active]");
  const found = [...scope.querySelectorAll("[data-key]")].filter(
    (one) => one.dataset.key.split(",").includes(keys) && visible(one),
  );
  return found.find((one) => current && current.contains(one)) || found[0];
}

function use(control, event) {
  event.preventDefault();
  if (control.matches("[data-copy-next]")) { copyNext(control, event.shiftKey); return; }
  if (control.matches("input, textarea, select")) { control.focus(); control.select?.(); return; }
  if (control.matches("a[href]")) { arriving(control.href); }
  if (control.matches("details")) { unfold(control); return; }
  control.click();
}

function unfold(panel) {
  panel.open = true;
  panel.scrollIntoView({ block: "nearest" });
  panel.querySelector("input:not([type=hidden]), select, textarea, form button")?.focus();
}

// Who comes to a list by a key goes on by keys: there the first row has the focus.
function arriving(address) {
  try { sessionStorage.setItem("by-key", address); } catch { /* without storage the page begins at its top */ }
}

function arrive() {
  let address = null;
  try { address = sessionStorage.getItem("by-key"); sessionStorage.removeItem("by-key"); } catch { /* as above */ }
  if (address === window.location.href && document.activeElement === body) { moveRow(1); }
}

function moveRow(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(visible);
  if (!rows.length) { return false; }
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  const target = row.querySelector("a[data-open]") || row;
  target.focus();
  target.scrollIntoView({ block: "nearest" });
  return true;
}

function rowKey(key, event) {
  const row = document.activeElement?.closest?.("[data-row]");
  if (key === "j" || key === "k") { if (moveRow(key === "j" ? 1 : -1)) { event.preventDefault(); } return true; }
  if (!row) { return false; }
  if (key === "o") { row.querySelector("a[data-open]")?.click(); event.preventDefault(); return true; }
  if (key === "x") { row.querySelector("input[type=checkbox]")?.click(); event.preventDefault(); return true; }
  return false;
}

// Letters that choose one of a row's options and go on to the next row; only while focus is there.
function chooses(key, event) {
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

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    const form = event.target.closest("form") || document.querySelector("form[data-primary]");
    if (form && visible(form)) { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    const search = document.querySelector("[data-search], a[href='/search']");
    if (search) { use(search, event); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
  // Enter in a part that has a button of its own presses that one, not the form's.
  const part = event.key === "Enter" && event.target.matches("input") && event.target.closest("[data-enter]");
  if (part) { event.preventDefault(); part.querySelector("button").click(); return; }
  if (body.dataset.shortcuts === "off" || typing(event.target)) { return; }
  // Shift is never looked at: ? and / need it on a Belgian keyboard.
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (chooses(key, event)) { return; }
  const chord = pending && Date.now() < pendingUntil ? `${pending} ${key}` : key;
  pending = "";
  const control = controlFor(chord);
  if (control) { use(control, event); return; }
  if (chord === "g") { pending = "g"; pendingUntil = Date.now() + 1500; return; }
  rowKey(chord, event);
});

// ---- lists that find a word: in an option's own text, or in other words for the same thing ----

let sought = "";
let soughtUntil = 0;

function seek(select, letter) {
  sought = (Date.now() < soughtUntil ? sought : "") + letter.toLowerCase();
  soughtUntil = Date.now() + 1500;
  const found = [...select.options].find(
    (one) => `${one.text} ${one.dataset.words || ""}`.toLowerCase().includes(sought),
  );
  if (!found || !found.value || found.selected) { return; }
  select.value = found.value;
  announce(found.text);
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1;
  if (!plain || !event.target.matches("select[data-seek]")) { return; }
  if (event.key === " " && Date.now() >= soughtUntil) { return; }
  event.preventDefault();
  seek(event.target, event.key);
});

arrive();
