/** Entry of the map's own bundle, which is loaded only when somebody asks for a map. */
import { CityMap } from "./city-map.js";

if (!customElements.get("city-assistant-map")) customElements.define("city-assistant-map", CityMap);
