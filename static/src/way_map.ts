// A truck on its way, and where it goes: what the page says in words, drawn again each time that it
// was read anew. The box itself stays (hx-preserve), and the view with it once somebody has moved it.
import * as L from "leaflet";
import { ground, pointOf } from "./ground";

const NEAREST = 14; // no nearer than they are known

class WayMap {
  private readonly map: L.Map;
  private readonly drawn: L.LayerGroup;
  private isTheirs = false; // somebody has moved it

  constructor(readonly box: HTMLElement) {
    this.map = ground(box).setView(marks()[0]![1], NEAREST);
    this.drawn = L.layerGroup().addTo(this.map);
    for (const name of ["mousedown", "touchstart", "keydown", "wheel"]) {
      box.addEventListener(name, () => (this.isTheirs = true), { passive: true });
    }
    this.draw();
  }

  draw(): void {
    const all = marks();
    this.drawn.clearLayers();
    for (const [mark, at] of all) this.add(mark, at);
    const bounds = L.latLngBounds(all.map(([, at]) => at));
    if (this.isTheirs) return;
    this.map.fitBounds(bounds, { padding: [40, 40], maxZoom: NEAREST, animate: false });
  }

  private add(mark: HTMLElement, at: L.LatLngTuple): void {
    const face = document.createElement("span");
    face.textContent = mark.dataset["face"] ?? "";
    const icon = L.divIcon({ className: "truck-mark", html: face, iconSize: [26, 26] });
    const marker = L.marker(at, { icon, interactive: false, keyboard: false }).addTo(this.drawn);
    marker.getElement()?.setAttribute("aria-hidden", "true"); // the words say it
  }
}

function marks(): [HTMLElement, L.LatLngTuple][] {
  return [...document.querySelectorAll<HTMLElement>("[data-way-mark]")].flatMap((mark) => {
    const at = pointOf(mark);
    return at ? [[mark, at] as [HTMLElement, L.LatLngTuple]] : [];
  });
}

export function startWayMap(): void {
  let map: WayMap | undefined;
  const look = (): void => {
    const box = document.querySelector<HTMLElement>("[data-way-map]");
    if (!box) map = undefined;
    else if (map?.box === box) map.draw();
    else map = new WayMap(box);
  };
  look();
  document.addEventListener("htmx:afterSettle", look);
}
