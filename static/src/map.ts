// A map with a pin: where a place is. Without tiles it draws a grid of degrees and works the same.
import * as L from "leaflet";

const NEAR = 17;
const FAR = 3;
const WORLD: L.LatLngTuple = [39, -96];
const PLACES = 6;

const Grid = L.GridLayer.extend({
  createTile(coords: L.Coords): HTMLElement {
    const tile = L.DomUtil.create("div", "grid");
    const size = (this as L.GridLayer).getTileSize();
    const map = (this as unknown as { _map: L.Map })._map;
    const corner = map.unproject(coords.scaleBy(size), coords.z);
    const digits = Math.max(0, Math.round(coords.z / 3) - 1);
    tile.textContent = `${corner.lat.toFixed(digits)}, ${corner.lng.toFixed(digits)}`;
    return tile;
  },
}) as unknown as new () => L.GridLayer;

function background(box: HTMLElement): L.GridLayer {
  const { tiles, attribution } = box.dataset;
  return tiles ? L.tileLayer(tiles, { attribution: attribution ?? "", maxZoom: 19 }) : new Grid();
}

function pointOf(box: HTMLElement): L.LatLngTuple | null {
  const { latitude, longitude } = box.dataset;
  return latitude && longitude ? [Number(latitude), Number(longitude)] : null;
}

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
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, { zoomAnimation: !still, fadeAnimation: !still });
  map.attributionControl.setPrefix(false);
  background(box).addTo(map);
  L.control.scale().addTo(map);
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
});
