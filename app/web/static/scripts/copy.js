// Copying: the value comes from the server when it is wanted and never enters the page.
import { post } from "./csrf.js";
import { flash, flashFailed } from "./flash.js";
import { leadToTicket } from "./notice.js";
import { signedOut } from "./session_end.js";

async function fetched(address) {
  const answer = await post(address);
  if (answer.status === 401) { signedOut(); }
  if (!answer.ok) { throw new Error("refused"); }
  return answer.text();
}

/** Copy what a button names; tell whether the browser let it. */
async function copy(button) {
  const name = button.dataset.name || button.textContent.trim();
  let text;
  try {
    text = await fetched(button.dataset.copy);
  } catch {
    flashFailed();
    return false;
  }
  try {
    await navigator.clipboard.writeText(text);
    flash(document.body.dataset.copied.replace("{}", name), 3000);
    return true;
  } catch {
    selectForCopying(button, text);
    return false;
  }
}

function selectForCopying(button, text) {
  const box = button.parentElement.querySelector("textarea.by-hand") || boxAfter(button);
  box.value = text;
  box.focus();
  box.select();
  flash(document.body.dataset.copyRefused);
}

function boxAfter(button) {
  const box = document.createElement("textarea");
  box.className = "by-hand";
  box.readOnly = true;
  box.rows = 2;
  box.setAttribute("aria-label", button.dataset.name || "");
  button.after(box);
  return box;
}

/** Copy the field of a notice after the one copied last, or the one before it. */
export async function copyNext(control, backwards) {
  const card = control.closest("[data-notice]") || document;
  const buttons = [...card.querySelectorAll("[data-copy][data-field]")];
  if (!buttons.length) { return; }
  const last = Number(control.dataset.at ?? (backwards ? 1 : -1));
  const at = (last + (backwards ? -1 : 1) + buttons.length) % buttons.length;
  control.dataset.at = String(at);
  const count = control.querySelector("[data-count]");
  if (count) { count.textContent = `${at + 1}/${buttons.length}`; }
  for (const each of buttons) { each.closest("[data-field-row]")?.removeAttribute("aria-current"); }
  buttons[at].closest("[data-field-row]")?.setAttribute("aria-current", "true");
  const isLast = !backwards && at === buttons.length - 1;
  if (await copy(buttons[at]) && isLast) { leadToTicket(card); }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) { event.preventDefault(); copy(button); return; }
  const next = event.target.closest("[data-copy-next]");
  if (next) { event.preventDefault(); copyNext(next, event.shiftKey); }
});
