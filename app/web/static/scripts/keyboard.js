// Keys: letters only, read from the visible controls that carry them.
import { copyNext } from "./copy.js";
import { isVisible } from "./focus.js";
import { goesOn, noticeAtWork } from "./notice.js";
import { arriving, chooses, rowKey } from "./rows.js";

const TYPED = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
// Milliseconds in which the second letter of two must follow.
const CHORD = 1500;
let pending = "";
let pendingUntil = 0;

function controlFor(keys) {
  const scope = document.querySelector("dialog[open]") || document;
  const found = [...scope.querySelectorAll("[data-key]")].filter((one) => one.dataset.key.split(",").includes(keys));
  const notice = noticeAtWork();
  const own = found.find((one) => notice?.contains(one));
  if (own) { notice.firstElementChild.open = true; }
  return [own, ...found].find((one) => one && (isVisible(one) || one.closest("[popover]")));
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

function send(event) {
  const form = event.target.closest("form") || document.querySelector("form[data-primary]");
  if (form && isVisible(form)) { event.preventDefault(); form.requestSubmit(); }
}

function command(event) {
  if (event.key === "Enter") { send(event); return; }
  if (event.key.toLowerCase() !== "k") { return; }
  const search = document.querySelector("[data-search], a[href='/search']");
  if (search) { use(search, event); }
}

// Enter in a part that has a button of its own presses that one, not the form's.
function pressesItsOwn(event) {
  const part = event.key === "Enter" && event.target.matches("input") && event.target.closest("[data-enter]");
  if (!part) { return false; }
  event.preventDefault();
  part.querySelector("button").click();
  return true;
}

function letter(event) {
  // Shift is never looked at: ? and / need it on a Belgian keyboard.
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (chooses(key, event)) { return; }
  const chord = pending && Date.now() < pendingUntil ? `${pending} ${key}` : key;
  pending = "";
  const control = controlFor(chord);
  if (control) { use(control, event); return; }
  if (chord === "g") { pending = "g"; pendingUntil = Date.now() + CHORD; return; }
  rowKey(chord, event);
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && /^(enter|k)$/i.test(event.key)) { command(event); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
  if (pressesItsOwn(event)) { return; }
  if (document.body.dataset.shortcuts === "off" || (event.target.closest(TYPED) && !goesOn(event))) { return; }
  letter(event);
});
