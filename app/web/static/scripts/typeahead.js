// Lists that find a word: in an option's own text, or in other words for the same thing.
import { announce } from "./flash.js";

// Milliseconds after which a letter begins a new word.
const PAUSE = 1500;
let sought = "";
let soughtUntil = 0;

function seek(select, letter) {
  sought = (Date.now() < soughtUntil ? sought : "") + letter.toLowerCase();
  soughtUntil = Date.now() + PAUSE;
  const found = [...select.options].find(
    (one) => `${one.text} ${one.dataset.words || ""}`.toLowerCase().includes(sought),
  );
  if (!found || !found.value || found.selected) { return; }
  select.value = found.value;
  announce(found.text);
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1;
  if (!isPlain || !event.target.matches("select[data-seek]")) { return; }
  if (event.key === " " && Date.now() >= soughtUntil) { return; }
  event.preventDefault();
  seek(event.target, event.key);
});
