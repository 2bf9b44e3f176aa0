// The day as the driver sees it: what the server told, with what was done on this phone laid over.

import type { Act, Day, Left, Line, Needs, Rest, Run, Said, Stop, What } from "./types";

export type Step = "OPEN" | "ON_MY_WAY" | "ARRIVED" | "DONE" | "LEFT" | "CANCELLED";

export type ShownStop = {
  stop: Stop;
  run: Run;
  step: Step;
  load: Line[]; // what is to be handed over, or was
  left: Left | undefined; // what was said where nothing was handed over
  doneAt: string | null;
  due: number; // in cents, still to be collected for what was handed over
  open: number; // in cents, still to be paid of the whole order: nobody takes more
  rest: Rest[]; // what was not handed over
  isWhole: boolean; // only a part was handed over, and nobody knows what that costs
  taken: number; // in cents
  needs: Needs;
  did: Set<What>; // on whatever phone
  excused: boolean; // it was said why no money was taken
  byCard: boolean; // the customer gets a link to pay by card
  cardFailed: string; // why not, as long as that is to be paid and no link was asked for again
  acts: Act[]; // of this phone
  trouble: Act | undefined; // the last one that the server refused, or kept for the office
};

export type ShownRun = {
  run: Run;
  stops: ShownStop[];
  started: boolean;
  ended: boolean;
  needs: Needs;
  did: Set<What>;
  acts: Act[]; // of this phone, that count and are about no stop
  done: number;
  wanted: number;
  next: ShownStop | undefined;
};

const STEPS: Partial<Record<Act["what"], Step>> = {
  ON_MY_WAY: "ON_MY_WAY",
  ARRIVED: "ARRIVED",
  DELIVERED: "DONE",
  REFUSED: "LEFT",
  NOBODY: "LEFT",
};

// An amount as a text of decimals, in cents: sums of floating numbers go astray.
export function cents(amount: unknown): number {
  return Math.round(Number(amount) * 100);
}

export function isRefused(act: Act): boolean {
  return act.verdict === "REFUSED" || Boolean(act.unwanted);
}

// Refused, or for the office to decide.
export function isInDoubt(act: Act): boolean {
  return isRefused(act) || act.verdict === "KEPT";
}

export function counts(act: Act): boolean {
  return !isRefused(act);
}

const END = ["DELIVERED", "REFUSED", "NOBODY"];

// The last one that is in trouble; not one that was done again, and taken then.
function troubleOf(acts: Act[]): Act | undefined {
  const kind = (act: Act): string => (END.includes(act.what) ? "END" : act.what);
  const isMended = (act: Act): boolean =>
    acts.some((one) => one.n > act.n && kind(one) === kind(act) && one.verdict === "APPLIED" && counts(one));
  return acts.findLast((act) => (act.words || act.unwanted) && !isMended(act));
}

export function shownStop(stop: Stop, run: Run, all: Act[]): ShownStop {
  const known = new Set(stop.acts);
  const acts = all.filter((act) => act.stop === stop.uuid || known.has(act.id));
  let step: Step = stop.state;
  let doneAt = stop.done_at;
  let taken = 0;
  for (const act of acts.filter(counts)) {
    if (act.what === "COLLECTED" && !known.has(act.id)) taken += cents(act.details.amount);
    const next = STEPS[act.what];
    if (!next || stop.state !== "OPEN") continue;
    step = next;
    if (next === "DONE") doneAt = act.at;
  }
  const needs = stop.needs ?? {};
  const did = new Set([...(stop.did ?? []), ...acts.filter(counts).map((act) => act.what)]);
  const rest = restOf(stop, acts);
  const asksNothing = needs.COLLECTED === "OFF" || step === "LEFT";
  const open = asksNothing ? 0 : Math.max(cents(stop.collect) - taken, 0);
  const isWhole = rest.some((line) => !line.price);
  const kept = isWhole ? 0 : rest.reduce((sum, line) => sum + cents(line.price), 0);
  const due = Math.max(open - kept, 0);
  const again = acts.some((act) => act.what === "CARD_LINK" && counts(act) && !known.has(act.id));
  const cardFailed = due && !again ? (stop.card_failed ?? "") : "";
  const byCard = did.has("CARD_LINK") && !cardFailed;
  return {
    stop,
    run,
    step,
    load: step === "DONE" ? handedOf(stop, acts) : stop.load,
    left: step === "LEFT" ? (stop.left ?? leftBy(acts)) : undefined,
    doneAt,
    due,
    open,
    rest,
    isWhole,
    taken: cents(stop.collected) + taken,
    needs,
    did,
    excused: byCard || Boolean(stop.excused) || acts.some((act) => counts(act) && act.details.instead_of === "COLLECTED"),
    byCard,
    cardFailed,
    acts,
    trouble: troubleOf(acts),
  };
}

function leftBy(acts: Act[]): Left | undefined {
  const act = acts.findLast((one) => STEPS[one.what] === "LEFT" && counts(one));
  return act && { what: act.what as Left["what"], reason: String(act.details.reason) };
}


function said(acts: Act[], what: What, line: Line): Said | undefined {
  const act = acts.findLast((one) => one.what === what && counts(one));
  return ((act?.details.lines ?? []) as Said[]).find((one) => one.move === line.move);
}

// How much of it, by the last act that said so; what it does not name is whole.
export function saidOf(acts: Act[], what: What, line: Line): string {
  return said(acts, what, line)?.quantity ?? line.quantity;
}

// How much of it was loaded, where that was said; what a check does not name was planned so.
export function loadedOf(acts: Act[], line: Line): number | undefined {
  const found = said(acts, "LOADED", line);
  return found && Number(found.quantity);
}

function handedOf(stop: Stop, acts: Act[]): Line[] {
  const handed = stop.load.map((line) => ({ ...line, quantity: saidOf(acts, "DELIVERED", line) }));
  return handed.filter((line) => Number(line.quantity));
}

// By the ticket once that is written: what Odoo says of the load afterwards is what is on the way.
function restOf(stop: Stop, acts: Act[]): Rest[] {
  if (stop.ticket?.serial && stop.ticket.rest) return stop.ticket.rest;
  return stop.load.flatMap((line) => {
    const [whole, handed] = [Number(line.quantity), Number(saidOf(acts, "DELIVERED", line))];
    if (handed >= whole) return [];
    const price = stop.ticket?.lines.find((one) => one.move === line.move)?.price ?? "";
    return [{ ...line, quantity: String(+(whole - handed).toFixed(4)), price: price && lessOf(price, handed / whole) }];
  });
}

// What the whole costs more than a share of it.
function lessOf(price: string, share: number): string {
  return ((cents(price) - Math.round(cents(price) * share)) / 100).toFixed(2);
}

export function shownRun(run: Run, acts: Act[]): ShownRun {
  const stops = run.stops.map((stop) => shownStop(stop, run, acts));
  const here = acts.filter((act) => act.run === run.uuid && !act.stop && counts(act));
  const did = new Set([...(run.did ?? []), ...here.map((act) => act.what)]);
  const wanted = stops.filter((one) => one.step !== "CANCELLED");
  return {
    run,
    stops,
    started: Boolean(run.started_at) || did.has("STARTED"),
    ended: Boolean(run.ended_at) || did.has("ENDED"),
    needs: run.needs ?? {},
    did,
    acts: here,
    done: wanted.filter((one) => isOver(one)).length,
    wanted: wanted.length,
    next: wanted.find((one) => !isOver(one)),
  };
}

export function isOver(one: ShownStop): boolean {
  return one.step === "DONE" || one.step === "LEFT" || one.step === "CANCELLED";
}

export function shownDay(day: Day, acts: Act[]): ShownRun[] {
  return day.runs.map((run) => shownRun(run, acts));
}

// What went off its run has another name from then on: its acts know the one of before.
export function findStop(runs: ShownRun[], uuid: string): ShownStop | undefined {
  const stops = runs.flatMap((run) => run.stops);
  const isOf = (one: ShownStop): boolean => one.acts.some((act) => act.stop === uuid);
  return stops.find((one) => one.stop.uuid === uuid) ?? stops.find(isOf);
}
