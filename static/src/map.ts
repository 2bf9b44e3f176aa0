// A map with a pin: where a place is; the map of a day; and a truck on its way.
import * as L from "leaflet";
import { startDayMap } from "./day_map";
import { ground, pointOf } from "./ground";
import { startWayMap } from "./way_map";

const NEAR = 17;
const FAR = 3;
const WORLD: L.LatLngTuple = [39, -96];
const PLACES = 6;

// The fields beside the map are what is sent: the map only writes into them, and reads them.
function connect(map: L.Map, marker: L.Marker): void {
  const latitude = document.getElementById("pin-latitude") as HTMLInputElement | null;
  const longitude = document.getElementById("pin-longitude") as HTMLInputElement | null;
  if (!latitude || !longitude) return;
  const write = (at: L.LatLng): void => {
    const shown = at.wrap();
    latitude.value = shown.lat.toFixed(PLACES);
    longitude.value = shown.lng.toFixed(PLACES);
  };
  const read = (): void => {
    const at: L.LatLngTuple = [Number(latitude.value), Number(longitude.value)];
    if (!latitude.value || !longitude.value || !at.every(Number.isFinite)) return;
    marker.setLatLng(at).addTo(map);
    map.panTo(at);
  };
  marker.on("dragend", () => write(marker.getLatLng()));
  map.on("click", (event) => {
    marker.setLatLng(event.latlng).addTo(map);
    write(event.latlng);
  });
  latitude.addEventListener("change", read);
  longitude.addEventListener("change", read);
}

function draw(box: HTMLElement): void {
  const point = pointOf(box);
  const map = ground(box);
  map.setView(point ?? WORLD, point ? NEAR : FAR);
  const marker = L.marker(point ?? WORLD, {
    icon: L.divIcon({ className: "pin", iconSize: [20, 20], iconAnchor: [0, 20] }),
    draggable: "pin" in box.dataset,
    alt: box.dataset["label"] ?? "",
    title: box.dataset["label"] ?? "",
  });
  if (point) marker.addTo(map);
  if ("pin" in box.dataset) connect(map, marker);
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll<HTMLElement>("[data-map]").forEach(draw);
  startDayMap();
  startWayMap();
});
