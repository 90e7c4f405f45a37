/** The resident's position, asked from the browser only on their press. */
import type { Position } from "./message.js";

const ASK_AGAIN = "Można wpisać nazwę ulicy lub osiedla.";
const DENIED = `Przeglądarka nie udostępniła lokalizacji. To nic nie szkodzi. ${ASK_AGAIN}`;
const UNKNOWN = `Nie udało się ustalić lokalizacji. ${ASK_AGAIN}`;
const TIMEOUT_MS = 15_000;
const MAX_AGE_MS = 60_000;

/** The position rounded to about 10 m: enough for „the nearest”, no more than needed. Rejects with a Polish message. */
export function currentPosition(): Promise<Position> {
  return new Promise((resolve, reject) => {
    if (!("geolocation" in navigator)) {
      reject(new Error(UNKNOWN));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: rounded(coords.latitude), lon: rounded(coords.longitude) }),
      ({ code, PERMISSION_DENIED }) => reject(new Error(code === PERMISSION_DENIED ? DENIED : UNKNOWN)),
      { timeout: TIMEOUT_MS, maximumAge: MAX_AGE_MS },
    );
  });
}

function rounded(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000;
}
