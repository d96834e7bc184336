/* My day by keyboard: n leads to the next thing, ? shows the keys; "all that are shown" ticks what it means. */

const help = document.getElementById("keys");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
  if (event.key.toLowerCase() === "n") document.querySelector("a[data-next]")?.click();
  else if (event.key === "?" && help) {
    help.open = !help.open;
    help.querySelector("summary").focus();
  }
});

document.getElementById("all")?.addEventListener("change", (event) => {
  for (const box of event.target.form.querySelectorAll("input[name=item]")) box.checked = event.target.checked;
});
