/* A sheet that is meant for paper says so with a button; without a script the browser's own menu prints it. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
