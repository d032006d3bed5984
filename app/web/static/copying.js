// Copying: the value comes from the server when it is wanted and never enters the page.
"use strict";

async function fetched(address) {
  const answer = await fetch(address, { method: "POST", headers: { "X-Csrf": csrf(), "HX-Request": "true" } });
  if (answer.status === 401) { document.dispatchEvent(new Event("tracker:ended")); }
  if (!answer.ok) { throw new Error("refused"); }
  return answer.text();
}

async function copy(button) {
  const name = button.dataset.name || button.textContent.trim();
  let text;
  try {
    text = await fetched(button.dataset.copy);
  } catch {
    tell(body.dataset.failed);
    return false;
  }
  try {
    await navigator.clipboard.writeText(text);
    tell(body.dataset.copied.replace("{}", name), 3000);
    document.dispatchEvent(new CustomEvent("tracker:copied", { detail: { button } }));
    return true;
  } catch {
    selectForCopying(button, text);
    return false;
  }
}

function selectForCopying(button, text) {
  let box = button.parentElement.querySelector("textarea.by-hand");
  if (!box) {
    box = document.createElement("textarea");
    box.className = "by-hand";
    box.readOnly = true;
    box.rows = 2;
    box.setAttribute("aria-label", button.dataset.name || "");
    button.after(box);
  }
  box.value = text;
  box.focus();
  box.select();
  tell(body.dataset.copyRefused);
}

function copyNext(control, backwards) {
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
  copy(buttons[at]);
}
