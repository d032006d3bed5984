// The quiet screen: one key covers the page, and it stays covered from page to page.
import { announce } from "./flash.js";

function toggle(control) {
  const isQuiet = document.body.classList.toggle("is-quiet");
  control.setAttribute("aria-pressed", String(isQuiet));
  if (isQuiet) { announce(document.getElementById("covered").textContent); }
  for (const part of document.querySelectorAll("main, #flashes")) { part.inert = isQuiet; }
  try { sessionStorage.setItem("quiet", isQuiet ? "1" : ""); } catch { /* without storage it lasts a page */ }
}

/** Cover a page that was just loaded, when the last one was covered or the person begins that way. */
export function restore() {
  try {
    const isQuiet = sessionStorage.getItem("quiet") ?? document.body.dataset.beginsQuiet;
    if (isQuiet) { document.querySelector("[data-quiet]")?.click(); }
  } catch { /* as above */ }
}

document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-quiet]");
  if (control) { toggle(control); }
});
