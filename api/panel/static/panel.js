// Tells people in time that their session is about to end, and lets them go on; nothing else needs a script of ours.
(() => {
  const main = document.querySelector("main[data-idle-minutes]");
  if (!main) return;
  const idle = Number(main.dataset.idleMinutes) * 60_000;
  const warning = 2 * 60_000;
  let timer;

  const stay = async () => {
    const body = new URLSearchParams({ csrf: main.dataset.csrf });
    const answer = await fetch("/panel/sesja", { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (answer?.status !== 204) return;
    document.querySelector("#idle")?.remove();
    main.focus();
    wait();
  };

  const warn = () => {
    const notice = document.createElement("div");
    notice.id = "idle";
    notice.className = "notice bad";
    notice.setAttribute("role", "alert");
    notice.append("Sesja skończy się za 2 minuty z powodu braku pracy. ");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Pracuję dalej";
    button.addEventListener("click", stay);
    notice.append(button);
    main.prepend(notice);
  };

  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(warn, idle - warning);
  };

  document.addEventListener("htmx:after:request", wait);
  wait();
})();
