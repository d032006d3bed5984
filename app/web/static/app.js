// What a browser adds to pages that work without it: keys, copying, drafts, sheets, announcements.
"use strict";

const body = document.body;
const announcer = document.getElementById("announcer");

function announce(words) {
  announcer.textContent = "";
  // A screen reader speaks what changes: the same words twice need a change in between.
  window.setTimeout(() => { announcer.textContent = words; }, 50);
}

// Said and shown: the announcer is for ears only. What `lasts` goes away by itself.
let fading = 0;
function tell(words, lasts = 0) {
  announce(words);
  const line = document.getElementById("told") || document.createElement("p");
  line.id = "told";
  line.textContent = words;
  line.setAttribute("aria-hidden", "true");
  document.getElementById("toasts").append(line);
  window.clearTimeout(fading);
  if (lasts) { fading = window.setTimeout(() => line.remove(), lasts); }
}

// Without a network, sending a form would leave the page, and what was typed, behind.
document.addEventListener("submit", (event) => {
  if (navigator.onLine) { return; }
  event.preventDefault();
  tell(body.dataset.failed);
});

function csrf() {
  const meta = document.querySelector("meta[name=csrf]");
  return meta ? meta.content : "";
}

// Who signs in anew in one tab can send what is typed in the others: its proof is theirs too.
const tabs = new BroadcastChannel("proof");
tabs.addEventListener("message", (event) => {
  document.querySelector("meta[name=csrf]")?.setAttribute("content", event.data);
  for (const field of document.querySelectorAll("input[name=csrf]")) { field.value = event.data; }
});
if (csrf()) { tabs.postMessage(csrf()); }

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-Csrf"] = csrf();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  // A form with something to mend comes back as 422, a conflict as 409: both are pages to show.
  if ([409, 412, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
  // Signed out while typing: sent as a whole, the form goes along through signing in.
  const form = event.detail.xhr.status === 401 && event.detail.requestConfig.elt.closest("form");
  if (form) {
    event.detail.isError = false;
    form.submit();
  }
});
for (const [name, busy] of [["htmx:beforeRequest", "true"], ["htmx:afterRequest", "false"]]) {
  document.addEventListener(name, (event) => event.detail.target.setAttribute("aria-busy", busy));
}
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    tell(body.dataset.failed);
    if (event.detail.xhr.status === 401) { document.dispatchEvent(new Event("tracker:ended")); }
  });
}

// ---- copying: the value comes from the server when it is wanted and never enters the page ----

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

// ---- keys: letters only, read from the visible controls that carry them ----

const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
let pending = "";
let pendingUntil = 0;

function visible(element) {
  return element.getClientRects().length > 0 && !element.closest("[hidden], [inert]");
}

function controlFor(keys) {
  const open = document.querySelector("dialog[open]");
  const scope = open || document;
  const current = document.querySelector("[data-notice]:focus-within, [data-notice][data-active]");
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
  if (control.matches("details")) { open(control); return; }
  control.click();
}

function open(panel) {
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

document.addEventListener("click", (event) => {
  const copying = event.target.closest("[data-copy]");
  if (copying) { event.preventDefault(); copy(copying); return; }
  const next = event.target.closest("[data-copy-next]");
  if (next) { event.preventDefault(); copyNext(next, event.shiftKey); return; }
  const quiet = event.target.closest("[data-quiet]");
  if (quiet) { toggleQuiet(quiet); return; }
  const sheet = event.target.closest("a[data-sheet]");
  if (sheet) { event.preventDefault(); openSheet(sheet); return; }
  if (event.target.closest("[data-print]")) { window.print(); return; }
  const closing = event.target.closest("[data-close]");
  if (closing) { event.preventDefault(); closing.closest("dialog").close(); }
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

// ---- sheets: a page of its own, shown above this one ----

async function openSheet(opener) {
  const dialog = document.getElementById("sheet");
  const answer = await fetch(opener.href, { headers: { "HX-Request": "true" } });
  if (!answer.ok) { window.location = opener.href; return; }
  dialog.innerHTML = await answer.text();
  // A key opens it from anywhere: closing leads back to where one was.
  const origin = document.activeElement === body ? opener : document.activeElement;
  dialog.addEventListener("close", () => origin.focus(), { once: true });
  dialog.showModal();
  window.htmx?.process(dialog);
}

// A dialog keeps the Tab key to itself until it is closed.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Tab" && document.querySelector("dialog[open]");
  if (!open) { return; }
  const stops = [...open.querySelectorAll("a[href], button, input, select, textarea")].filter(visible);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (document.activeElement !== from && open.contains(document.activeElement)) { return; }
  event.preventDefault();
  to?.focus();
});

function toggleQuiet(control) {
  const quiet = body.classList.toggle("is-quiet");
  control.setAttribute("aria-pressed", String(quiet));
  if (quiet) { announce(document.getElementById("covered").textContent); }
  for (const part of document.querySelectorAll("main, #toasts")) { part.inert = quiet; }
  try { sessionStorage.setItem("quiet", quiet ? "1" : ""); } catch { /* without storage it lasts a page */ }
}

// ---- focus: what went wrong, then what the page is for ----

function settle(root) {
  const wanted = root.querySelector("[data-focus]") || root.querySelector("[autofocus]");
  if (wanted) { wanted.focus(); }
}

// ---- choosing rows: a bar tells how many are chosen and what can be done with them ----

function boxes(name) {
  return [...document.querySelectorAll(`input[type=checkbox][name="${name}"]`)];
}

function selection(speaks) {
  const bar = document.querySelector("[data-selection]");
  if (!bar) { return; }
  const every = boxes(bar.dataset.selection);
  const count = every.filter((one) => one.checked).length;
  const all = document.querySelector("[data-select-all]");
  if (all) {
    all.checked = count > 0 && count === every.length;
    all.indeterminate = count > 0 && count < every.length;
  }
  const words = bar.dataset.words.replace("{}", String(count));
  bar.querySelector("[data-count]").textContent = words;
  bar.hidden = count === 0;
  if (speaks) { announce(words); }
}

document.addEventListener("change", (event) => {
  const bar = document.querySelector("[data-selection]");
  if (!bar) { return; }
  if (event.target.matches("[data-select-all]")) {
    for (const one of boxes(bar.dataset.selection)) { one.checked = event.target.checked; }
  } else if (event.target.name !== bar.dataset.selection) {
    return;
  }
  selection(true);
});

document.addEventListener("htmx:afterSettle", (event) => {
  const spoken = event.detail.elt.querySelector?.("[data-announce]");
  if (spoken) { announce(spoken.dataset.announce); }
});
for (const part of document.querySelectorAll("[data-with-script]")) { part.hidden = false; }
settle(document);
arrive();
const toast = document.querySelector(".toast p");
if (toast) { announce(toast.textContent); }

// ---- the end of a visit, told two minutes before: some people read or write long ----

const ending = document.getElementById("ending");

function watchTheEnd() {
  const soon = ending.querySelector("[data-soon]");
  const over = ending.querySelector("[data-over]");
  const longest = Date.now() + 1000 * ending.dataset.longest;
  const others = new BroadcastChannel("visit");
  let endsAt = 0;
  let told = false;
  function goOn() {
    endsAt = Math.min(Date.now() + 1000 * ending.dataset.idle, longest);
    told = false;
    soon.hidden = false;
    over.hidden = true;
    if (ending.open) { ending.close(); }
  }
  function used() { goOn(); others.postMessage("used"); }
  others.addEventListener("message", goOn);
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) { used(); } });
  document.addEventListener("tracker:ended", () => { endsAt = 0; });
  ending.querySelector("[data-stay]").addEventListener("click", async () => {
    const answer = await fetch("/stay", { method: "POST", headers: { "X-Csrf": csrf(), "HX-Request": "true" } });
    if (answer.ok) { used(); } else { endsAt = 0; }
  });
  window.setInterval(() => {
    const left = endsAt - Date.now();
    if (left <= 0 && over.hidden) {
      soon.hidden = true;
      over.hidden = false;
      told = false;
    }
    if (left < 120000 && !told) {
      told = true;
      if (!ending.open) { ending.showModal(); }
    }
  }, 1000);
  used();
}

if (ending) { watchTheEnd(); }
try { if (sessionStorage.getItem("quiet") ?? body.dataset.beginsQuiet) { document.querySelector("[data-quiet]")?.click(); } } catch { /* as above */ }
selection(false);
