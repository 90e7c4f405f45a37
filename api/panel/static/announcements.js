// Follows the sending of an announcement, and hides what only browsers without scripts need.
(() => {
  const note = (after, words) => {
    const line = document.createElement("p");
    line.className = "notice";
    line.setAttribute("role", "status");
    const link = document.createElement("a");
    link.href = location.pathname;
    link.textContent = "Odśwież stronę";
    line.append(words, " ", link);
    after.after(line);
  };

  const followed = document.querySelector("[data-follow]");
  if (followed) {
    const source = new EventSource(followed.dataset.follow);
    source.addEventListener("progress", (event) => {
      followed.innerHTML = event.data;
    });
    source.addEventListener("end", () => {
      source.close();
      note(followed, "Wszystkie wiadomości są załatwione.");
    });
    source.addEventListener("error", () => {
      source.close();
      note(followed, "Postęp nie odświeża się już sam.");
    });
  }

  for (const button of document.querySelectorAll("button.noscript")) button.hidden = true;
})();
