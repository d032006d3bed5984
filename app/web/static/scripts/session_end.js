// The end of a session, told two minutes before: some people read or write long.
import { post } from "./csrf.js";

const WARNING = 120_000;
const dialog = document.getElementById("session-end");
const tabs = dialog && new BroadcastChannel("visit");
const longest = Date.now() + 1000 * (dialog?.dataset.longest ?? 0);
let endsAt = 0;
let isTold = false;

function tell(isOver) {
  dialog.querySelector("[data-soon]").hidden = isOver;
  dialog.querySelector("[data-over]").hidden = !isOver;
}

function goOn() {
  endsAt = Math.min(Date.now() + 1000 * dialog.dataset.idle, longest);
  isTold = false;
  tell(false);
  if (dialog.open) { dialog.close(); }
}

function used() {
  goOn();
  tabs.postMessage("used");
}

/** The server said so. */
export function signedOut() {
  endsAt = 0;
}

async function stay() {
  const answer = await post("/stay");
  if (answer.ok) { used(); } else { signedOut(); }
}

function look() {
  const left = endsAt - Date.now();
  if (left <= 0 && dialog.querySelector("[data-over]").hidden) {
    tell(true);
    isTold = false;
  }
  if (left < WARNING && !isTold) {
    isTold = true;
    if (!dialog.open) { dialog.showModal(); }
  }
}

if (dialog) {
  tabs.addEventListener("message", goOn);
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) { used(); } });
  dialog.querySelector("[data-stay]").addEventListener("click", stay);
  window.setInterval(look, 1000);
  used();
}
