// The end of a visit, told two minutes before: some people read or write long.
"use strict";

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
