/* Suggestions under a text field. Without this module the field is plain text and the server resolves it.

   <div class="typeahead" data-url="/reference/occupations.json" data-code="occupation_code"> <input …> </div>
   The URL answers GET ?q=… with [{code, label, note?}], already searched without diacritics. */

const WAIT_MS = 180;

function start(box) {
  const input = box.querySelector("input");
  const code = document.getElementById(box.dataset.code);
  const list = document.createElement("ul");
  list.id = `${input.id}-list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.label);
  list.hidden = true;
  box.append(list);

  const status = document.createElement("span");
  status.className = "only-read";
  status.setAttribute("role", "status");
  box.append(status);

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("autocomplete", "off");

  let found = [];
  let at = -1;
  let timer = 0;
  let asked = 0;

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(next) {
    const options = [...list.children];
    at = (next + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  }

  function take(i) {
    input.value = found[i].label;
    if (code) code.value = found[i].code;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function show(items) {
    found = items;
    list.replaceChildren(...items.map((item, i) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(item.label);
      if (item.note) {
        const note = document.createElement("small");
        note.textContent = item.note;
        option.append(note);
      }
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => take(i));
      return option;
    }));
    status.textContent = items.length ? `${items.length} ${box.dataset.found}` : box.dataset.none;
    at = -1;
    list.hidden = !items.length;
    input.setAttribute("aria-expanded", String(items.length > 0));
  }

  async function ask() {
    const words = input.value.trim();
    const mine = ++asked;
    if (words.length < 2) return close();
    const url = new URL(box.dataset.url, location.href);
    url.searchParams.set("q", words);
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) return close();
      const items = await answer.json();
      if (mine === asked && document.activeElement === input) show(items);
    } catch {
      close(); // No network: the field still takes plain text.
    }
  }

  input.addEventListener("input", () => {
    if (code) code.value = "";
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Enter" && at >= 0) take(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll(".typeahead").forEach(start);
