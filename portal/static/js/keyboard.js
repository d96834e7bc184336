/* A ranked list by keyboard: j and k go down and up, Enter opens the person. Never while one is typing. */

const rows = [...document.querySelectorAll(".candidate")];
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
  if (event.key === "j") go(at + 1);
  else if (event.key === "k") go(at - 1);
  else if (event.key === "Enter" && event.target === rows[at]) rows[at].querySelector(".name a")?.click();
});
