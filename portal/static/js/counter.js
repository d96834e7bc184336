/* The counter and the clerk's desk by one key: the key on a button presses it, on a box ticks it. Never while one is
   typing; Escape leaves a field. By the place of the key: a Vietnamese keyboard driver may change the letter. */

const typing = "input:not([type=radio]):not([type=checkbox]), select, textarea";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest(typing)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const key = CSS.escape(event.code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase());
  const pressed = document.querySelector(`[data-press="${key}"], [data-keys-press] [data-key="${key}"]`);
  if (!pressed) return;
  event.preventDefault();
  pressed.click();
});
