// Dialogs: a page of its own shown above this one, and any other; each keeps the Tab key until it is closed.
import { isVisible } from "./focus.js";

const STOPS = "a[href], button, input, select, textarea";

async function open(opener) {
  const dialog = document.getElementById("dialog");
  const answer = await fetch(opener.href, { headers: { "HX-Request": "true" } });
  if (!answer.ok) { window.location = opener.href; return; }
  dialog.innerHTML = await answer.text();
  if (dialog.open) { dialog.scrollTop = 0; dialog.querySelector(STOPS)?.focus(); return; }
  // A key opens it from anywhere: closing leads back to where one was.
  const origin = document.activeElement === document.body ? opener : document.activeElement;
  dialog.addEventListener("close", () => origin.focus(), { once: true });
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("a[data-dialog]");
  if (opener) { event.preventDefault(); open(opener); return; }
  const closing = event.target.closest("[data-close]");
  if (closing) { event.preventDefault(); closing.closest("dialog").close(); return; }
  if (event.target.closest("[data-print]")) { window.print(); }
});

document.addEventListener("keydown", (event) => {
  const shown = event.key === "Tab" && document.querySelector("dialog[open]");
  if (!shown) { return; }
  const stops = [...shown.querySelectorAll(STOPS)].filter(isVisible);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (document.activeElement !== from && shown.contains(document.activeElement)) { return; }
  event.preventDefault();
  to?.focus();
});
