// The way to a stop, in the phone's own map application: documented links of Apple and Google.

import type { Stop } from "./types";

const KEY = "driver-maps-google";
const isAndroid = navigator.userAgent.includes("Android");
const isApple = /iPhone|iPad|Macintosh/.test(navigator.userAgent);

// Android asks for itself which application is to open `geo:`.
export function hasBothMaps(): boolean {
  return isApple;
}

export function mapsName(): string {
  return isApple && !localStorage.getItem(KEY) ? "Apple" : "Google";
}

export function turnMaps(): void {
  if (localStorage.getItem(KEY)) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, "yes");
}

// A pin is found better than an address.
export function wayTo(stop: Stop): string {
  const there = encodeURIComponent(stop.point ? stop.point.join(",") : stop.address);
  if (isAndroid) return `geo:0,0?q=${there}`;
  if (mapsName() === "Apple") return `https://maps.apple.com/?daddr=${there}`;
  return `https://www.google.com/maps/dir/?api=1&destination=${there}`;
}
