/* A list by keyboard: j and k (or the arrows, once a row is chosen) go down and up, Enter opens it. Never while
   one is typing. */

const rows = [...document.querySelectorAll(".candidate, .work tbody tr")];
let at = -1;

function go(next) {
  if (!rows[next]) return;
  rows[at]?.classList.remove("here");
  at = next;
  rows[at].classList.add("here");
  rows[at].tabIndex = -1;
  rows[at].focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  // The arrows turn the page until a row has the focus.
  const onRow = at >= 0 && event.target === rows[at];
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "j" || (onRow && key === "ArrowDown")) go(at + 1);
  else if (key === "k" || (onRow && key === "ArrowUp")) go(at - 1);
  else if (onRow && key === "Enter") rows[at].querySelector(".name a, th a")?.click();
  else if (onRow && key === "x") rows[at].querySelector("input[type=checkbox]")?.click();
  else return;
  event.preventDefault();
});
