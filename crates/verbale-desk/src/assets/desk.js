// Comfort, nothing more: every page does all of this with links and forms alone.
"use strict";

// Keys: a letter presses the one thing on the page that says so; "/" goes to the search field.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "/") {
    event.preventDefault();
    const field = document.getElementById("q") || document.getElementById("find");
    field.focus();
    field.select();
    return;
  }
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.tagName === "SUMMARY") {
    wanted.parentElement.open = true;
    wanted.parentElement.querySelector("select, input").focus();
  } else {
    wanted.click();
  }
});

// Search as you type: the same page is asked for, and its results take the place of the old ones.
for (const field of document.querySelectorAll("input[data-live]")) {
  const place = document.getElementById(field.dataset.live);
  let timer = 0;
  let asked = field.value;
  let request = null;
  const ask = async () => {
    const words = field.value.trim();
    if (words === asked) return;
    asked = words;
    if (request) request.abort();
    request = new AbortController();
    const address = `${location.pathname}?q=${encodeURIComponent(words)}`;
    try {
      const answer = await fetch(address, { signal: request.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById(place.id);
      if (found) place.replaceChildren(...found.childNodes);
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
}

// Amending: the field gets the keyboard when its part is opened.
for (const part of document.querySelectorAll("details.decide")) {
  part.addEventListener("toggle", () => {
    if (part.open) part.querySelector("button").focus();
  });
}

// A footnote can be copied with one click.
for (const note of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(note.textContent);
    button.textContent = "Copied";
  });
  const line = document.createElement("p");
  line.append(button);
  note.after(line);
}

// Another process may be adding pages: the page says so and stays as it is.
let known = null;
async function look() {
  if (document.hidden) return;
  const answer = await fetch("/progress").catch(() => null);
  if (!answer?.ok) return;
  const { n_documents: count } = await answer.json();
  known ??= count;
  if (count === known) return;
  let note = document.getElementById("progress");
  if (!note) {
    note = document.createElement("p");
    note.id = "progress";
    note.className = "notice";
    note.setAttribute("role", "status");
    note.append(document.createElement("span"), " ", Object.assign(document.createElement("a"), { textContent: "Reload" }));
    note.lastChild.href = location.href;
    document.getElementById("content").prepend(note);
  }
  const more = count - known;
  note.firstChild.textContent = more > 0
    ? `${more} ${more === 1 ? "document has" : "documents have"} been added since this page was opened; the case has ${count}.`
    : `${-more} ${more === -1 ? "document has" : "documents have"} been taken out since this page was opened.`;
}
setInterval(look, 5000);
look();
