/* The contact form by keyboard: the key on a chip chooses it, Enter saves, Ctrl and Enter also from the note;
   Escape leaves a field.
   By the place of the key, not its letter: a Vietnamese keyboard driver may turn W into Ư. Never while one is typing. */

const form = document.querySelector("form[data-keys]");
const typing = "input:not([type=radio]):not([type=checkbox]), select, textarea, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.key === "Escape" && event.target.closest(typing)) {
    event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest(typing)) return;
  if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const key = event.code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase();
  const chip = form.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!chip) return;
  event.preventDefault();
  chip.checked = true;
  chip.focus();
});
