/* Keeps a progress bar true while a job runs. Without this module the page is right when reloaded.

   <div class="progress" data-poll="/rosters/7/progress.json"> <p>…</p> <progress …></progress> </div>
   The URL answers {done, total, text, finished}; when finished the page reloads and shows the result. */

const EVERY_MS = 1500;
const AT_MOST_MS = 15000;

function start(box) {
  const bar = box.querySelector("progress");
  const text = box.querySelector("p");
  let wait = EVERY_MS;

  async function look() {
    try {
      const answer = await fetch(box.dataset.poll, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const state = await answer.json();
      if (state.finished) return location.reload();
      bar.max = state.total || 1;
      bar.value = state.done;
      text.textContent = state.text;
      wait = EVERY_MS;
    } catch {
      wait = Math.min(wait * 2, AT_MOST_MS); // A weak signal: ask less often, never give up.
    }
    setTimeout(look, wait);
  }

  setTimeout(look, wait);
}

document.querySelectorAll("[data-poll]").forEach(start);
