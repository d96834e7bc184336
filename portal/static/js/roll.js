/* The roll by keyboard: the arrows go from person to person, the space bar ticks (the browser does that), Ctrl and
   Enter save. The count of who is there follows. */

const form = document.querySelector("form[data-roll]");
const boxes = form ? [...form.querySelectorAll("input[type=checkbox]")] : [];
const count = form?.querySelector("[data-count]");

function tell() {
  if (!count) return;
  const here = boxes.filter((box) => box.checked).length;
  count.textContent = count.dataset.words.replace("{n}", here).replace("{all}", boxes.length);
}

form?.addEventListener("change", tell);
form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = boxes.indexOf(event.target);
  if (!step || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  boxes[at + step]?.focus();
});
tell();
boxes[0]?.focus({ preventScroll: true });
