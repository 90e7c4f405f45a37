/** The map beside a list of places: loaded when its button is pressed; the list stays as it is. */
const button = document.querySelector("#pokaz-mape");

function places() {
  return [...document.querySelectorAll("[data-lat]")].map((entry) => ({
    name: entry.dataset.name,
    address: entry.querySelector(".address").textContent,
    details: [...entry.querySelectorAll(".details li")].map((detail) => detail.textContent),
    position: { lat: Number(entry.dataset.lat), lon: Number(entry.dataset.lon) },
  }));
}

async function show(target) {
  await import("/widget-map.js");
  const map = document.createElement("city-assistant-map");
  map.places = places();
  map.settings = { tiles: button.dataset.tiles, attribution: button.dataset.attribution };
  target.replaceChildren(map);
}

if (button) {
  const target = document.querySelector("#mapa");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    if (isOpen) target.replaceChildren();
    else await show(target);
    button.setAttribute("aria-expanded", String(!isOpen));
    button.textContent = isOpen ? "Pokaż na mapie" : "Ukryj mapę";
  });
}
