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
