/** Entry of the bundle: registers the elements once, also when a page loads the script twice. */
import { CityAssistant } from "./city-assistant.js";
import { CityRating } from "./views/rating.js";

const ELEMENTS = { "city-assistant": CityAssistant, "city-assistant-rating": CityRating };

for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
