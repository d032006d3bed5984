// Selection: a toolbar tells how many rows are chosen and holds what can be done with them.
import { announce } from "./flash.js";

const toolbar = document.querySelector("[data-selection]");

function boxes() {
  return [...document.querySelectorAll(`input[type=checkbox][name="${toolbar.dataset.selection}"]`)];
}

/** Show how many rows are chosen, and say it. */
export function count(speaks = false) {
  if (!toolbar) { return; }
  const every = boxes();
  const chosen = every.filter((one) => one.checked).length;
  const all = document.querySelector("[data-select-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === every.length;
    all.indeterminate = chosen > 0 && chosen < every.length;
  }
  const words = toolbar.dataset.words.replace("{}", String(chosen));
  toolbar.querySelector("[data-count]").textContent = words;
  toolbar.hidden = chosen === 0;
  if (speaks) { announce(words); }
}

if (toolbar) {
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-select-all]")) {
      for (const one of boxes()) { one.checked = event.target.checked; }
    } else if (event.target.name !== toolbar.dataset.selection) {
      return;
    }
    count(true);
  });
}
