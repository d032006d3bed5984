// Cards of notices: one at work, the others folded.

/** The notice at work: the one with the focus, else the one that is unfolded. */
export function noticeAtWork() {
  return ["[data-notice]:focus-within", "[data-notice]:has(> [open])", "[data-notice]"]
    .map((one) => document.querySelector(one)).find(Boolean);
}

/** After the last field comes the ticket: the form is sent meanwhile, and here its number is waited for. */
export function leadToTicket(card) {
  const ticket = card.querySelector("[data-ticket]");
  if (!ticket) { return; }
  ticket.dataset.led = "";
  ticket.focus();
}

/** Where copying led to the ticket, the keys that lead there and on still do, until it holds something or is left. */
export function goesOn(event) {
  return "led" in event.target.dataset && !event.target.value && /^[my]$/i.test(event.key);
}

// Whoever comes back from the platform's form has its number to type: each key is a letter of it.
addEventListener("blur", () => {
  for (const ticket of document.querySelectorAll("[data-led]")) { delete ticket.dataset.led; }
});

document.addEventListener("toggle", (event) => {
  const unfolded = event.target;
  if (!unfolded.open || !unfolded.matches("[data-notice] > details")) { return; }
  for (const other of document.querySelectorAll("[data-notice] > [open]")) { other.open = other === unfolded; }
}, true);
