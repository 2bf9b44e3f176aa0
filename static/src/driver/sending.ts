// Send what waits, in its order: nothing leaves the list without an answer for its id.

import { batchOf, MOST } from "./batch";
import type { Store } from "./store";
import type { Act, Day, Verdict } from "./types";

const PATIENCE = 60_000; // ms: many phones may come back at once
const PATIENCE_FOR_BYTES = 120_000;
const UNWANTED = [413, 422]; // nobody sends these bytes again
const TOO_MUCH = [400, 413]; // for one request: half of it is tried
const MOST_ASIDE = 3; // where more cannot be sent it is not these: all of it waits

// How the last try ended. `no driver`: who is signed in may not drive any more. `trouble`: the server
// is there, and did not do what was asked.
export type Outcome = "sent" | "offline" | "signed out" | "another driver" | "no driver" | "trouble";

type Answer = { id: string; verdict: Verdict | "WAIT"; words: string };

export async function ask(url: string, init: RequestInit, patience = PATIENCE): Promise<Response> {
  return fetch(url, {
    ...init,
    redirect: "manual", // to the log-in: then somebody has to sign in
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(patience),
  });
}

function outcomeOf(response: Response): Outcome | null {
  if (response.type === "opaqueredirect") return "signed out";
  if (response.status === 409) return "another driver";
  return response.ok ? null : "trouble";
}

const NOT_TAKEN = "The server does not take it. Take another one.";

// What the server says, or what stands before it, which knows no such answer.
async function whyNot(response: Response): Promise<string> {
  const said = (await response.json().catch(() => ({}))) as { error?: string };
  return said.error ?? NOT_TAKEN;
}

// Whether it is one of these, or is told after one of them: each stop keeps its order, and each run.
function isBehind(act: Act, aside: Act[]): boolean {
  return aside.some((one) => one.run === act.run && one.stop === act.stop);
}

export class Sender {
  constructor(
    private readonly store: Store,
    private readonly tell: () => Promise<void>,
  ) {}

  // Read the day; keep it. Says whether somebody else is signed in now.
  async refresh(driver: number, { anew = false, patience = PATIENCE } = {}): Promise<Outcome> {
    const known = anew ? undefined : await this.store.day(driver);
    const headers: Record<string, string> = known ? { "If-None-Match": known.tag } : {};
    try {
      const response = await ask("/driver/day", { headers }, patience);
      if (response.status === 304) return "sent";
      if (response.status === 403) return "no driver"; // it asks for no token
      const outcome = outcomeOf(response);
      if (outcome) return outcome;
      const day = (await response.json()) as Day;
      await this.store.keepDay(day, response.headers.get("ETag") ?? "");
      return day.driver.id === driver || !driver ? "sent" : "another driver";
    } catch {
      return "offline";
    }
  }

  // Send all of a driver that waits; one tab of the phone at a time.
  async send(driver: number): Promise<Outcome> {
    const work = (): Promise<Outcome> => this.sendAll(driver);
    return navigator.locks ? navigator.locks.request("driver-sending", work) : work();
  }

  // An act that the server takes later holds up no file of another one.
  private async sendAll(driver: number): Promise<Outcome> {
    try {
      const acts = await this.sendActs(driver);
      if (acts !== "sent" && acts !== "trouble") return acts;
      const files = await this.sendFiles(driver);
      return files === "sent" ? acts : files;
    } catch {
      return "offline";
    } finally {
      await this.tell();
    }
  }

  // An act that the server does not take even alone holds up no other stop.
  private async sendActs(driver: number): Promise<Outcome> {
    const aside: Act[] = [];
    let most = MOST;
    let isRenewed = false;
    for (;;) {
      const waiting = (await this.store.acts(driver)).filter((act) => !act.verdict && !isBehind(act, aside));
      if (!waiting.length) return aside.length ? "trouble" : "sent";
      const batch = batchOf(waiting, most);
      const answers = await this.post(driver, batch);
      if (answers === "too much") {
        if (batch.length === 1) aside.push(batch[0]!);
        if (aside.length === MOST_ASIDE) return "trouble";
        most = Math.max(Math.floor(batch.length / 2), 1);
      } else if (answers === "trouble" && !isRenewed) {
        // The token may be of an older log-in: read a new one, and try once more.
        const fresh = await this.refresh(driver, { anew: true });
        if (fresh !== "sent") return fresh;
        isRenewed = true;
      } else if (typeof answers === "string") {
        return answers;
      } else if (!(await this.hear(answers))) {
        return "trouble";
      } else if (aside.length) {
        most = MOST;
      }
    }
  }

  // Keep the answers. Says whether there was any.
  private async hear(answers: Answer[]): Promise<boolean> {
    const heard = answers.filter((one) => one.verdict !== "WAIT");
    for (const one of heard) await this.store.answer(one.id, one.verdict as Verdict, one.words);
    await this.tell();
    return heard.length > 0;
  }

  private async post(driver: number, acts: Act[]): Promise<Answer[] | Outcome | "too much"> {
    const day = await this.store.day(driver);
    const before = new Map<string | null, string>();
    const said = acts.map((act) => {
      const after = act.stop ? (before.get(act.stop) ?? null) : null;
      before.set(act.stop, act.id);
      const { id, n, what, run, stop, claim, at, details } = act;
      return { id, n, after, what, run, stop, claim, at, details };
    });
    const sent_at = new Date().toISOString();
    const response = await ask("/driver/acts", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": day?.day.csrf ?? "" },
      body: JSON.stringify({ driver, phone: await this.store.phone(), sent_at, acts: said }),
    });
    if (TOO_MUCH.includes(response.status)) return "too much";
    const outcome = outcomeOf(response);
    return outcome ?? ((await response.json()) as { answers: Answer[] }).answers;
  }

  // A file goes once its act was answered for, with one that was refused never: it may have been
  // made while the acts were sent. Trouble with one holds up none of the others.
  private async sendFiles(driver: number): Promise<Outcome> {
    let all: Outcome = "sent";
    const verdicts = new Map((await this.store.acts(driver)).map((act) => [act.id, act.verdict]));
    for (const id of await this.store.filesToSend(driver)) {
      const verdict = verdicts.get(id);
      if (!verdict) continue;
      const outcome = verdict === "REFUSED" ? await this.forget(id) : await this.sendFile(driver, id);
      if (outcome === "trouble") all = outcome;
      else if (outcome !== "sent") return outcome;
      await this.tell();
    }
    return all;
  }

  private async forget(id: string): Promise<Outcome> {
    await this.store.fileIsSent(id);
    return "sent";
  }

  private async sendFile(driver: number, id: string, again = true): Promise<Outcome> {
    const [day, file] = [await this.store.day(driver), await this.store.file(id)];
    if (!file) return "sent";
    const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": day?.day.csrf ?? "" };
    const init = { method: "POST", headers, body: file.content };
    const response = await ask(`/driver/files/${id}`, init, PATIENCE_FOR_BYTES);
    if (response.status === 403 && again) {
      // The token may be of an older log-in, and the day may say no newer one: it is what it was.
      const fresh = await this.refresh(driver, { anew: true });
      return fresh === "sent" ? this.sendFile(driver, id, false) : fresh;
    }
    const unwanted = UNWANTED.includes(response.status);
    const outcome = unwanted ? null : outcomeOf(response);
    if (outcome) return outcome;
    await this.store.fileIsSent(id, unwanted ? await whyNot(response) : "");
    return "sent";
  }
}
