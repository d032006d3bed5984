// What a browser adds to pages that work without it: announcements, sheets, focus, choosing rows.
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

function visible(element) {
  return element.getClientRects().length > 0 && !element.closest("[hidden], [inert]");
}

const proof = document.querySelector("meta[name=csrf]");

function csrf() {
  return proof ? proof.content : "";
}

// Who signs in anew in one tab can send what they typed in the others: the proof is theirs too.
// Nobody else's: what one person typed never goes out in another's name.
if (proof?.dataset.person) {
  const tabs = new BroadcastChannel(`proof of ${proof.dataset.person}`);
  tabs.addEventListener("message", (event) => {
    proof.setAttribute("content", event.data);
    for (const field of document.querySelectorAll("input[name=csrf]")) { field.value = event.data; }
  });
  tabs.postMessage(proof.content);
}

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
// What was typed is kept: loaded anew, the page is about that, whatever address it was opened by.
document.addEventListener("htmx:afterRequest", (event) => {
  const address = event.detail.elt.closest("form[data-address]")?.dataset.address;
  if (address && event.detail.successful) { window.history.replaceState(window.history.state, "", address); }
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
const first = document.querySelector(".toast p")?.textContent ?? document.querySelector("#preview [data-announce]")?.dataset.announce;
if (first) { announce(first); }

try { if (sessionStorage.getItem("quiet") ?? body.dataset.beginsQuiet) { document.querySelector("[data-quiet]")?.click(); } } catch { /* as above */ }
selection(false);
