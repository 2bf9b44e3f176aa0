// What every map stands on: tiles, or without them a grid of degrees, which works the same.
import * as L from "leaflet";

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

/** A map in the box, with nothing on it yet, and no view. */
export function ground(box: HTMLElement): L.Map {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still });
  map.attributionControl.setPrefix(false);
  background(box).addTo(map);
  L.control.scale().addTo(map);
  return map;
}

/** Where the element says that it is; `null` when it does not know. */
export function pointOf(one: HTMLElement): L.LatLngTuple | null {
  const { latitude, longitude } = one.dataset;
  return latitude && longitude ? [Number(latitude), Number(longitude)] : null;
}
