// Where the phone is, for the office: while a run is on, the page is seen and the driver agrees.
// Positions are no acts: they are in memory only, and those that cannot be sent get lost.

import type { Phone } from "./phone";
import { ask } from "./sending";
import type { ShownRun } from "./state";

const EVERY = 30_000; // ms, between two that are kept, and between two requests
const MOST = 60;
const LONGEST = 16 * 3600 * 1000; // ms: who forgets to end the run is not followed home for ever
const KEY = "driver-keeps-position-";

type Measured = { at: string; latitude: number; longitude: number; accuracy: number };

export type Sharing = "off" | "on" | "not agreed" | "not allowed";

export class Positions {
  tell: () => void = () => undefined;
  private kept: Measured[] = [];
  private about = ""; // whose they are, and of which run
  private watch: number | undefined;
  private latest: Measured | undefined; // measured, and not kept: it is too soon
  private keptAt = 0;
  private sentAt = 0;
  private isSending = false;
  private isAllowed = true;

  // What the driver is told on the screen of the run.
  sharing(phone: Phone, one: ShownRun): Sharing {
    if (runOf(phone) !== one) return "off";
    if (localStorage.getItem(KEY + phone.driver)) return "not agreed";
    return this.isAllowed ? "on" : "not allowed";
  }

  agree(phone: Phone, yes: boolean): void {
    if (yes) localStorage.removeItem(KEY + phone.driver);
    else localStorage.setItem(KEY + phone.driver, "yes");
    this.follow(phone);
    this.tell();
  }

  // Begin or leave off, and send what waits; each time that anything has changed. Asks the browser
  // for leave at once, and nothing waits for the answer.
  follow(phone: Phone): void {
    const run = runOf(phone);
    const isOn = run && !document.hidden && !localStorage.getItem(KEY + phone.driver);
    const about = isOn ? `${phone.driver} ${run.run.uuid}` : "";
    if (about !== this.about && !document.hidden) this.forget();
    if (!about || about !== this.about) this.leaveOff();
    if (!document.hidden) this.about = about;
    if (!about || !("geolocation" in navigator)) return;
    this.watch ??= navigator.geolocation.watchPosition(
      ({ coords }) => this.measured(phone, coords),
      ({ code, PERMISSION_DENIED }) => code === PERMISSION_DENIED && this.allowed(false),
      { enableHighAccuracy: true, maximumAge: 0 },
    );
    this.keepLatest();
    void this.send(phone, run!);
  }

  private forget(): void {
    this.kept = [];
    this.latest = undefined;
  }

  private leaveOff(): void {
    if (this.watch !== undefined) navigator.geolocation.clearWatch(this.watch);
    this.watch = undefined;
  }

  private allowed(isAllowed: boolean): void {
    if (this.isAllowed === isAllowed) return;
    this.isAllowed = isAllowed;
    this.tell();
  }

  private measured(phone: Phone, { latitude, longitude, accuracy }: GeolocationCoordinates): void {
    const at = new Date().toISOString();
    this.latest = { at, latitude: +latitude.toFixed(6), longitude: +longitude.toFixed(6), accuracy };
    this.allowed(true);
    this.follow(phone);
  }

  private keepLatest(): void {
    if (!this.latest || Date.now() - this.keptAt < EVERY) return;
    this.keptAt = Date.now();
    this.kept = [...this.kept, this.latest].slice(-MOST);
    this.latest = undefined;
  }

  // The server has to know that the run is on; an act that it takes later holds up nothing.
  private async send(phone: Phone, run: ShownRun): Promise<void> {
    const isHeard = ["sent", "trouble"].includes(phone.outcome) && run.run.started_at;
    if (!isHeard || this.isSending || !this.kept.length || Date.now() - this.sentAt < EVERY) return;
    const { about } = this;
    const positions = this.kept;
    this.isSending = true;
    this.sentAt = Date.now();
    const body = { driver: phone.driver, run: run.run.uuid, sent_at: new Date().toISOString(), positions };
    const response = await ask("/driver/positions", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": phone.day?.csrf ?? "" },
      body: JSON.stringify(body),
    }).catch(() => undefined);
    this.isSending = false;
    const isOver = response && (response.ok || [400, 404, 409].includes(response.status));
    if (isOver && about === this.about) this.kept = this.kept.filter((one) => !positions.includes(one));
  }
}

export const positions = new Positions();

// The run on which the office wants to know it: begun, not over, and the last one that was begun.
function runOf(phone: Phone): ShownRun | undefined {
  if (!phone.day?.positions) return undefined;
  return phone.runs.findLast((one) => one.started && !one.ended && Date.now() - begunAt(one, phone) < LONGEST);
}

function begunAt({ run }: ShownRun, phone: Phone): number {
  const act = phone.acts.find((one) => one.what === "STARTED" && one.run === run.uuid);
  return Date.parse(run.started_at ?? act?.at ?? "");
}
