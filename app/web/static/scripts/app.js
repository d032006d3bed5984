// The one entry: what a browser adds to pages that work without it. Each part minds its own controls.
import { announce } from "./flash.js";
import { settle } from "./focus.js";
import { arrive } from "./rows.js";
import { restore } from "./quiet_screen.js";
import { count } from "./selection.js";
import "./connection.js";
import "./copy.js";
import "./dialog.js";
import "./keyboard.js";
import "./session_end.js";
import "./typeahead.js";

// The flash message of a page that was just loaded, or what its preview found.
function loaded() {
  const flash = document.querySelector(".flash p");
  return flash?.textContent ?? document.querySelector("#preview [data-announce]")?.dataset.announce;
}

for (const part of document.querySelectorAll("[data-with-script]")) { part.hidden = false; }
settle();
const words = loaded();
if (words) { announce(words); }
restore();
count();
arrive();
