/* The board fetches itself and changes only when it reads differently. Without this module it loads anew. */

const board = () => document.querySelector("[data-mark]");

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-cache" });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-mark]");
      if (fresh && fresh.dataset.mark !== board().dataset.mark) board().replaceWith(fresh);
    }
  } catch {
    // The network is away for a moment: the board keeps what it shows.
  }
  setTimeout(look, board().dataset.seconds * 1000);
}

setTimeout(look, board().dataset.seconds * 1000);
