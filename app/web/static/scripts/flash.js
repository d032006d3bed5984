// Flash messages: what just happened, for ears and for eyes.

const announcer = document.getElementById("announcer");
let fading = 0;

/** For ears only. */
export function announce(words) {
  announcer.textContent = "";
  // A screen reader speaks what changes: the same words twice need a change in between.
  window.setTimeout(() => { announcer.textContent = words; }, 50);
}

/** For both. What `lasts` (milliseconds) goes away by itself. */
export function flash(words, lasts = 0) {
  announce(words);
  const line = document.getElementById("flash-line") || document.createElement("p");
  line.id = "flash-line";
  line.textContent = words;
  line.setAttribute("aria-hidden", "true");
  document.getElementById("flashes").append(line);
  window.clearTimeout(fading);
  if (lasts) { fading = window.setTimeout(() => line.remove(), lasts); }
}

/** The page's own words for when the server did not answer. */
export function flashFailed() {
  flash(document.body.dataset.failed);
}
