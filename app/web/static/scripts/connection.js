// The connection: what htmx sends along, what it may show of an answer, and what is said when none comes.
import { token } from "./csrf.js";
import { announce, flashFailed } from "./flash.js";
import { signedOut } from "./session_end.js";

// A form with something to mend comes back as 422, a conflict as 409: both are pages to show.
const SHOWN = [409, 412, 422];

// The form that is on its way. A draft of it that came later would stay behind as one never sent.
let sent = null;

// Without a network, sending a form would leave the page, and what was typed, behind.
document.addEventListener("submit", (event) => {
  if (navigator.onLine) {
    if (!event.defaultPrevented) { sent = event.target; }
    return;
  }
  event.preventDefault();
  flashFailed();
});

// Somebody who goes on typing is back at it, or never left.
document.addEventListener("input", () => { sent = null; });

// The form whose button is held down. What came meanwhile would move it from under the pointer, and
// the press would be lost: it is asked for once more afterwards.
let pressed = null;
let missed = null;
document.addEventListener("pointerdown", (event) => {
  pressed = event.button === 0 ? event.target.closest("button")?.form ?? null : null;
});
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => {
    const asked = missed;
    pressed = missed = null;
    // A click comes after this, on a touch screen as an event of its own, and sends the form.
    setTimeout(() => {
      if (asked && !sent) { window.htmx.ajax(asked.verb, asked.path, { source: asked.elt, target: asked.target }); }
    }, 300);
  });
}

document.addEventListener("htmx:configRequest", (event) => {
  if (sent?.contains(event.detail.elt)) { event.preventDefault(); }
  event.detail.headers["X-Csrf"] = token();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { status } = event.detail.xhr;
  if (SHOWN.includes(status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
  if (pressed && (pressed.contains(event.detail.elt) || event.detail.elt.contains(pressed))) {
    event.detail.shouldSwap = false;
    missed = event.detail.requestConfig;
  }
  // Signed out while typing: sent as a whole, the form goes along through signing in.
  const form = status === 401 && event.detail.requestConfig.elt.closest("form");
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
    flashFailed();
    if (event.detail.xhr.status === 401) { signedOut(); }
  });
}

document.addEventListener("htmx:afterSettle", (event) => {
  const spoken = event.detail.elt.querySelector?.("[data-announce]");
  if (spoken) { announce(spoken.dataset.announce); }
});
