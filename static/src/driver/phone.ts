// What the page knows and can do: the day, the acts, and how sending stands. Screens draw it.

import { dayNow, keepZone } from "./figures";
import { digest, type Spot, spot } from "./pictures";
import { dropLook, forgetLook } from "./look";
import { ask, type Outcome, Sender } from "./sending";
import { forgetSignedIn, signedIn } from "./signed_in";
import { findStop, isInDoubt, type ShownRun, type ShownStop, shownDay } from "./state";
import { Store } from "./store";
import type { Act, Day, Run, Stop, What } from "./types";

const TICK = 20_000; // ms: how often it is tried again while something waits
const LOOK = 60_000; // ms: how often the day is read again
const SAME_TAP = 1500; // ms: who means the same twice waits longer
const FIRST_PATIENCE = 5_000; // ms: who signed in a moment ago has signal
const CHANNEL = "driver";

export type About = { run: Run; stop?: Stop };

export class Phone {
  day: Day | undefined;
  acts: Act[] = [];
  runs: ShownRun[] = [];
  filesToSend: string[] = [];
  outcome: Outcome = "sent";
  busy = false;
  driver = 0;
  private readonly keeping: string[] = []; // the stops whose photos are being written down
  private lookedAt = 0;
  private leaving = false;
  private isAskedAgain = false; // while something is under way
  private last = { said: "", until: 0, done: Promise.resolve() };
  private running = Promise.resolve();
  private readonly channel = new BroadcastChannel(CHANNEL);
  private readonly sender: Sender;

  private constructor(
    private readonly store: Store,
    private readonly draw: () => void,
  ) {
    this.sender = new Sender(store, () => this.changed());
  }

  // Whoever has just signed in may be another driver than the last one: the log-in has told the
  // browser who, and then the server says first what is to be shown.
  static async open(draw: () => void, isSame: boolean): Promise<Phone> {
    const store = await Store.open();
    const driver = signedIn();
    const isHandedOver = driver > 0 && (await store.handTo(driver));
    const phone = new Phone(store, draw);
    if (isHandedOver) {
      await dropLook();
      phone.channel.postMessage("changed"); // other tabs still show the former's day
    }
    if (!isSame) await phone.sender.refresh(0, { patience: FIRST_PATIENCE });
    await phone.read();
    phone.listen();
    return phone;
  }

  // How many acts the server has not answered for, or has not the picture of.
  get waiting(): number {
    return this.acts.filter((act) => !act.verdict || this.filesToSend.includes(act.id)).length;
  }

  // What the server refused or kept for the office, and the driver has not seen in the list yet.
  get unseen(): Act[] {
    return this.acts.filter((act) => isInDoubt(act) && !act.seen);
  }

  // The list was opened.
  async see(): Promise<void> {
    if (!this.unseen.length) return;
    await this.store.see(this.unseen.map((act) => act.id));
    await this.changed();
  }

  // By the phone's clock, where that is ahead: the run may have been fetched the evening before.
  get today(): string {
    const [told, now] = [this.day?.today ?? "", dayNow()];
    return now > told ? now : told;
  }

  stop(uuid: string): ShownStop | undefined {
    return findStop(this.runs, uuid);
  }

  run(uuid: string): ShownRun | undefined {
    return this.runs.find((one) => one.run.uuid === uuid);
  }

  // Write down what was done, then say so, then try to send it. Throws when the phone cannot keep it.
  // The same once more, while it is written or just afterwards, is the same tap: nothing is written,
  // unless it was refused by then.
  async act(
    what: What,
    about: About,
    details: Record<string, unknown> = {},
    content?: ArrayBuffer,
  ): Promise<void> {
    const said = JSON.stringify([what, about.run.uuid, about.stop?.uuid, details]);
    const isSame = said === this.last.said && performance.now() < this.last.until;
    if (isSame && this.acts.at(-1)?.verdict !== "REFUSED") return this.last.done;
    const done = this.write(what, about, details, content);
    this.last = { said, until: Infinity, done };
    try {
      await done;
      this.last = { said, until: performance.now() + SAME_TAP, done };
    } catch (error) {
      this.last = { said: "", until: 0, done: Promise.resolve() }; // it was not done: the next tap is another one
      throw error;
    }
    await this.changed();
    void navigator.storage?.persist?.();
    void this.sync();
  }

  private async write(
    what: What,
    { run, stop }: About,
    details: Record<string, unknown>,
    content?: ArrayBuffer,
  ): Promise<void> {
    await this.store.add(
      {
        id: crypto.randomUUID(),
        driver: this.driver,
        what,
        run: run.uuid,
        stop: stop?.uuid ?? null,
        claim: stop?.claim ?? "",
        at: new Date().toISOString(),
        details,
        about: stop ? `${stop.customer} · ${stop.order}` : run.truck,
      },
      content,
    );
  }

  // Nothing ends this stop while its photo is not on the phone yet.
  isKeeping(stop: Stop): boolean {
    return this.keeping.includes(stop.uuid);
  }

  async whileKeeping(stop: Stop, work: () => Promise<void>): Promise<void> {
    this.keeping.push(stop.uuid);
    this.draw();
    try {
      await work();
    } finally {
      this.keeping.splice(this.keeping.indexOf(stop.uuid), 1);
      this.draw();
    }
  }

  // Keep a picture or a signature with its act: the bytes are on the phone before the act is.
  async picture(what: "PHOTO" | "CHECK" | "SIGNED", about: About, content: ArrayBuffer, signer = ""): Promise<void> {
    const where: Spot = what === "SIGNED" ? {} : await spot();
    const named = { sha256: await digest(content), size: content.byteLength };
    await this.act(what, about, { ...named, ...where, ...(signer ? { signer } : {}) }, content);
  }

  // Send what waits and read the day. Runs on opening, on signal, when the page is seen, by a timer,
  // after each act and by hand; never relies on the browser to do it in the background.
  async sync(): Promise<void> {
    if (this.leaving) return;
    this.isAskedAgain = this.busy;
    const isBusy = this.busy;
    this.busy = true;
    this.draw();
    if (isBusy) return; // once more, when what is under way has ended
    this.running = this.exchange();
    await this.running;
  }

  private async exchange(): Promise<void> {
    const { driver } = this;
    try {
      this.outcome = await this.sender.send(this.driver);
      await this.look();
    } finally {
      this.busy = false;
      await this.changed();
    }
    const isOther = this.driver !== driver; // who is signed in now may have acts that wait
    if (this.isAskedAgain || isOther) void this.sync();
    else await this.keepPictures();
  }

  // Read the day, also when something that waits has its trouble: the day goes on.
  private async look(): Promise<void> {
    if (this.outcome !== "sent" && this.outcome !== "trouble") return;
    const outcome = await this.sender.refresh(this.driver);
    if (outcome === "sent") this.lookedAt = Date.now();
    if (this.outcome === "sent") this.outcome = outcome;
  }

  // Sign out where the server hears it; false without signal: the log-in would outlive it, and the
  // day would be gone.
  async signOut(): Promise<boolean> {
    this.leaving = true; // what is being read must not say afterwards who works here
    await this.running;
    if (!(await this.tellServer())) {
      this.leaving = false;
      return false;
    }
    if (!this.waiting) await this.store.forget(this.driver);
    forgetSignedIn();
    await this.store.leave();
    await forgetLook();
    await caches.delete(this.cacheName);
    location.assign(document.body.dataset.signIn ?? "");
    return true;
  }

  // Tell the server; once more with a new token where it knows the old one no more.
  private async tellServer(isAgain = false): Promise<boolean> {
    const headers = { "X-CSRFToken": this.day?.csrf ?? "" };
    const init = { method: "POST", headers };
    const answer = await ask(document.body.dataset.signOut ?? "", init).catch(() => undefined);
    if (answer?.status !== 403 || isAgain) return answer?.type === "opaqueredirect" || Boolean(answer?.ok);
    if ((await this.sender.refresh(this.driver, { anew: true })) === "signed out") return true;
    await this.read();
    return this.tellServer(true);
  }

  private get cacheName(): string {
    return `driver-pictures-${this.driver}`;
  }

  // The bytes of a picture or a signature, by its act; nothing when another phone has them.
  async bytes(act: string): Promise<ArrayBuffer | undefined> {
    return (await this.store.file(act))?.content;
  }

  // The pictures of the places and the logo, so that they are there without signal.
  private async keepPictures(): Promise<void> {
    if (!this.day || !["sent", "trouble"].includes(this.outcome) || !("caches" in window)) return;
    const stops = this.day.runs.flatMap((run) => run.stops);
    const cache = await caches.open(this.cacheName);
    const pictures = stops.flatMap((stop) => stop.pictures).map((picture) => picture.url);
    for (const url of [...pictures, this.day.business.logo].filter(Boolean)) {
      if (!(await cache.match(url))) await cache.add(url).catch(() => undefined);
    }
  }

  private async changed(): Promise<void> {
    await this.read();
    this.channel.postMessage("changed");
  }

  private async read(): Promise<void> {
    this.driver = await this.store.driver();
    const [kept, acts, files] = await Promise.all([
      this.store.day(this.driver),
      this.store.acts(this.driver),
      this.store.filesToSend(this.driver),
    ]);
    this.day = kept?.day;
    if (this.day) keepZone(this.day.zone);
    this.acts = acts;
    this.filesToSend = files;
    this.runs = this.day ? shownDay(this.day, this.acts) : [];
    this.draw();
  }

  private listen(): void {
    this.channel.onmessage = () => void this.read();
    window.addEventListener("online", () => void this.sync());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) void this.sync();
    });
    window.setInterval(() => {
      const old = Date.now() - this.lookedAt > LOOK;
      if (!this.busy && (this.waiting || (old && !document.hidden))) void this.sync();
    }, TICK);
    void this.store.forgetOld(this.driver);
    void this.sync();
  }
}
