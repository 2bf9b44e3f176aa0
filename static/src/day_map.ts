// The map of a day. The list beside it is what it draws, and the list may change at any time: then all
// is drawn again, while the view, an open popup and the focus stay.
import * as L from "leaflet";
import { ground, pointOf } from "./ground";

const WORLD: L.LatLngTuple = [39, -96];
const FAR = 3;
const NEAREST = 14; // a single stop is shown with the streets around it
const STOPS = "[data-mark][data-latitude]:not([data-truck-at])";
const BELOW = 24; // px, between stops at the same place

interface Held {
  open: string | null;
  focused: string | null;
  isInside: boolean;
}

class DayMap {
  private readonly map: L.Map;
  private readonly drawn: L.LayerGroup;
  private readonly markers = new Map<string, L.Marker>();
  private readonly taken = new Map<string, number>();
  private isPlaced = false;
  private back: L.Marker | null = null; // whose popup the keyboard is in

  constructor(box: HTMLElement) {
    this.map = ground(box).setView(WORLD, FAR);
    this.drawn = L.layerGroup().addTo(this.map);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.map.closePopup();
    });
    this.draw();
  }

  draw(): void {
    const before = this.held();
    this.back = null;
    this.drawn.clearLayers();
    this.markers.clear();
    this.taken.clear();
    const yard = list()?.querySelector<HTMLElement>("[data-yard]") ?? null;
    shownRuns().forEach((run) => this.drawRun(run, yard));
    if (list()?.querySelector("[data-show-waiting]:checked")) this.drawWaiting();
    if (yard) this.drawYard(yard);
    this.giveBack(before);
    this.place(yard);
  }

  /** What somebody has in hand: the open popup, and where on the map the focus is. */
  private held(): Held {
    const held: Held = { open: null, focused: null, isInside: false };
    for (const [key, marker] of this.markers) {
      if (marker.getElement() === document.activeElement) held.focused = key;
      if (!marker.isPopupOpen()) continue;
      held.open = key;
      held.isInside = popupOf(marker)?.contains(document.activeElement) ?? false;
    }
    return held;
  }

  private giveBack({ open, focused, isInside }: Held): void {
    const marker = this.markers.get(open ?? "");
    const popup = marker?.getPopup();
    if (marker && popup) {
      popup.options.autoPan = false; // else the view would move
      marker.openPopup();
      popup.options.autoPan = true;
      if (isInside) this.lookInto(marker);
    }
    this.markers.get(focused ?? "")?.getElement()?.focus({ preventScroll: true });
  }

  private drawRun(run: HTMLElement, yard: HTMLElement | null): void {
    const { colour, line, truck = "" } = run.dataset;
    const stops = marksIn(run);
    const ways = [yard, ...stops, yard].flatMap((one) => (one ? [pointOf(one)] : []));
    const way = ways.filter((point) => point !== null);
    const look = { interactive: false, smoothFactor: 0 };
    L.polyline(way, { ...look, className: "route-edge" }).addTo(this.drawn);
    L.polyline(way, { ...look, className: `route colour-${colour} line-${line}` }).addTo(this.drawn);
    const driven = wayOf(run);
    L.polyline(driven, { ...look, className: "way-edge" }).addTo(this.drawn);
    L.polyline(driven, { ...look, className: `way colour-${colour}` }).addTo(this.drawn);
    stops.forEach((mark, index) => this.drawStop(mark, truck, `colour-${colour}`, index === 0));
    const at = run.querySelector<HTMLElement>("[data-truck-at]");
    if (at) this.drawTruck(at, truck, `colour-${colour}`);
  }

  private drawStop(mark: HTMLElement, truck: string, colour: string, isFirst: boolean): void {
    const { number = "", label = "" } = mark.dataset;
    const face = element("span", "done" in mark.dataset ? `${number} ✓` : number);
    // Colour is not the only sign: each line begins with the truck's name, and each stop has it in its own.
    if (isFirst) face.append(element("b", truck));
    this.add(mark, face, `stop-mark ${colour}`, `${number}, ${truck}: ${label}`);
  }

  // Where the truck was last, and how exactly the phone knew it.
  private drawTruck(mark: HTMLElement, truck: string, colour: string): void {
    const { accuracy, label = "" } = mark.dataset;
    const look = { interactive: false, className: `truck-about ${colour}` };
    L.circle(pointOf(mark) ?? WORLD, { ...look, radius: Number(accuracy) }).addTo(this.drawn);
    const face = element("span", "◆ ");
    face.append(element("b", truck));
    this.add(mark, face, `truck-mark ${colour}`, label);
  }

  private drawWaiting(): void {
    for (const mark of marksIn(list(), "[data-waiting] ")) {
      this.add(mark, element("span", ""), "waiting-mark", mark.dataset["label"] ?? "");
    }
  }

  private drawYard(yard: HTMLElement): void {
    const icon = L.divIcon({ className: "yard-mark", html: element("span", "⌂"), iconSize: [28, 28] });
    const marker = L.marker(pointOf(yard) ?? WORLD, { icon, interactive: false, keyboard: false });
    marker.addTo(this.drawn).getElement()?.setAttribute("aria-hidden", "true");
  }

  private add(mark: HTMLElement, face: HTMLElement, className: string, label: string): void {
    const at = pointOf(mark);
    if (!at) return;
    const before = this.taken.get(at.join()) ?? 0;
    this.taken.set(at.join(), before + 1);
    const size: L.PointTuple = className === "waiting-mark" ? [16, 16] : [26, 26];
    const anchor: L.PointTuple = [size[0] / 2, size[1] / 2 - before * BELOW];
    const tip: L.PointTuple = [0, before * BELOW - 10];
    const icon = L.divIcon({
      ...{ className, html: face, iconSize: size, iconAnchor: anchor },
      ...{ popupAnchor: tip, tooltipAnchor: tip },
    });
    const marker = L.marker(at, { icon, riseOnHover: true }).addTo(this.drawn);
    marker.getElement()?.setAttribute("aria-label", label);
    marker.bindTooltip(label, { direction: "top" });
    marker.bindPopup(() => copyOf(mark));
    marker.on("popupopen", () => marker.closeTooltip());
    marker.on("popupclose", () => this.goBack(marker));
    marker.getElement()?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault(); // Leaflet opens on Enter alone, and leaves the focus where it was
      marker.openPopup();
      this.lookInto(marker);
    });
    this.markers.set(mark.dataset["mark"] ?? "", marker);
  }

  /** Go on in the popup, and come back when it is closed. */
  private lookInto(marker: L.Marker): void {
    popupOf(marker)?.querySelector("a")?.focus({ preventScroll: true });
    this.back = marker;
  }

  private goBack(marker: L.Marker): void {
    if (this.back === marker) marker.getElement()?.focus({ preventScroll: true });
    this.back = null;
  }

  // Once there is something to see; after that the view is the person's.
  private place(yard: HTMLElement | null): void {
    const from = yard && pointOf(yard);
    const points = [...this.markers.values()].map((one) => one.getLatLng());
    if (this.isPlaced || !(points.length || from)) return;
    const bounds = L.latLngBounds([...points, ...(from ? [L.latLng(from)] : [])]);
    this.map.fitBounds(bounds, { padding: [32, 32], maxZoom: NEAREST, animate: false });
    this.isPlaced = points.length > 0;
  }
}

function list(): HTMLElement | null {
  const box = document.querySelector<HTMLElement>("[data-day-map]");
  return document.getElementById(box?.dataset["dayMap"] ?? "");
}

/** The runs that are ticked, or all of them when none is. */
function shownRuns(): HTMLElement[] {
  const runs = [...(list()?.querySelectorAll<HTMLElement>("[data-run]") ?? [])];
  const alone = runs.filter((run) => run.querySelector("[data-alone]:checked"));
  return alone.length ? alone : runs;
}

/** Where the truck has been, as its run says it. */
function wayOf(run: HTMLElement): L.LatLngTuple[] {
  const points = (run.dataset["way"] ?? "").split(" ").filter(Boolean);
  return points.map((point) => point.split(",").map(Number) as L.LatLngTuple);
}

function marksIn(part: HTMLElement | null, within = ""): HTMLElement[] {
  return [...(part?.querySelectorAll<HTMLElement>(`${within}${STOPS}`) ?? [])];
}

function element(name: string, words: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}

function copyOf(mark: HTMLElement): HTMLElement {
  const copy = mark.cloneNode(true) as HTMLElement;
  copy.removeAttribute("id");
  return copy;
}

function popupOf(marker: L.Marker): HTMLElement | undefined {
  return marker.getPopup()?.getElement();
}

export function startDayMap(): void {
  const box = document.querySelector<HTMLElement>("[data-day-map]");
  if (!box) return;
  const map = new DayMap(box);
  const again = (event: Event): void => {
    if (event.target instanceof Element && list()?.contains(event.target)) map.draw();
  };
  document.addEventListener("change", again);
  document.addEventListener("htmx:afterSettle", again);
}
