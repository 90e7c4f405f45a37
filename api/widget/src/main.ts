/** Entry of the bundle: registers the element once, also when a page loads the script twice. */
import { CityAssistant } from "./city-assistant.js";

if (!customElements.get("city-assistant")) customElements.define("city-assistant", CityAssistant);
