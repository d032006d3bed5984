// The proof that a request comes from a page of ours, and requests that carry it.

const proof = document.querySelector("meta[name=csrf]");

export function token() {
  return proof ? proof.content : "";
}

export function post(address) {
  return fetch(address, { method: "POST", headers: { "X-Csrf": token(), "HX-Request": "true" } });
}

// Who signs in anew in one tab can send what they typed in the others: the proof is theirs too.
// Nobody else's: what one person typed never goes out in another's name.
if (proof?.dataset.person) {
  const tabs = new BroadcastChannel(`proof of ${proof.dataset.person}`);
  tabs.addEventListener("message", (event) => {
    proof.setAttribute("content", event.data);
    for (const field of document.querySelectorAll("input[name=csrf]")) { field.value = event.data; }
  });
  tabs.postMessage(proof.content);
}
