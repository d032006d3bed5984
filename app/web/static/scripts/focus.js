// Focus: what may have it, and what a page wants it on.

export function isVisible(element) {
  return element.getClientRects().length > 0 && !element.closest("[hidden], [inert]");
}

/** On what went wrong, else on what the page is for. */
export function settle() {
  (document.querySelector("[data-focus]") || document.querySelector("[autofocus]"))?.focus();
}

// What the browser asks to be mended is unfolded first: what is folded away cannot have it.
document.addEventListener("invalid", (event) => {
  event.target.closest("details")?.setAttribute("open", "");
}, true);
