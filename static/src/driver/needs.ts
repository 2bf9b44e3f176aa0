// What is wanted of the driver, and what of it is missing (docs/driver.md).

import { loadedOf, type ShownRun, type ShownStop, type Step } from "./state";
import type { Act, Line, Needs, Wanted, What } from "./types";

export type Missing = { act: Wanted; isRequired: boolean };
export type Ending = "DELIVERED" | "REFUSED" | "NOBODY";

// Nobody signs or pays where nobody is. Who does not want it has said so, and the driver why.
const BEFORE: Record<Ending, Wanted[]> = {
  DELIVERED: ["ON_MY_WAY", "ARRIVED", "PHOTO", "SIGNED", "NOTED"],
  NOBODY: ["PHOTO"],
  REFUSED: [],
};

const GOES_ON = new Set<Step>(["OPEN", "ON_MY_WAY", "ARRIVED"]);

export function isOff(of: { needs: Needs }, act: Wanted): boolean {
  return of.needs[act] === "OFF";
}

function missing(of: { needs: Needs; did: Set<What> }, acts: Wanted[]): Missing[] {
  return acts
    .filter((act) => ["WARN", "REQUIRED"].includes(of.needs[act] ?? "") && !of.did.has(act))
    .map((act) => ({ act, isRequired: of.needs[act] === "REQUIRED" }));
}

// What is missing before a stop ends so.
export function missingAt(one: ShownStop, end: Ending): Missing[] {
  return missing(one, BEFORE[end]);
}

// What is missing before the run begins.
export function missingOf(one: ShownRun): Missing[] {
  return missing(one, toLoad(one).length ? ["VEHICLE", "LOADED"] : ["VEHICLE"]);
}

// A check is required before the run begins: until then nothing is done at its stops.
export function isHeld(one: ShownRun | undefined): boolean {
  if (!one || one.started || one.ended) return false;
  const loads = one.needs.LOADED === "REQUIRED" && toLoad(one).length > 0;
  return loads || one.needs.VEHICLE === "REQUIRED";
}

// The stops at which money is due, was asked for and not taken; and nobody has said why.
export function unpaid(one: ShownRun): ShownStop[] {
  return one.stops.filter(
    (stop) => stop.step === "DONE" && stop.due && !stop.excused && missing(stop, ["COLLECTED"]).length,
  );
}

// The stops whose goods are loaded in the yard: what is fetched is not there yet, and where nobody
// took anything they are on their way back.
export function toLoad(one: ShownRun): ShownStop[] {
  return one.stops.filter(
    ({ stop, step }) => stop.kind === "DELIVERY" && !["LEFT", "CANCELLED"].includes(step) && stop.load.length,
  );
}

// What should be on the truck.
export function loadOf(stops: ShownStop[]): Line[] {
  return sums(stops.flatMap(({ stop }) => stop.load));
}

// What comes back to the yard: what nobody took, the rest of what was handed over in part, and, where
// the run was ended early, what was not driven to. What was not loaded does not come back.
export function backOf({ stops, acts }: ShownRun, isOver: boolean): Line[] {
  const delivered = stops.filter(({ stop }) => stop.kind === "DELIVERY");
  return sums(delivered.flatMap((one) => backOfStop(one, acts, isOver))).filter((line) => Number(line.quantity) > 0);
}

// Less than nothing: what was short at this stop came from another one's load.
function backOfStop(one: ShownStop, acts: Act[], isOver: boolean): Line[] {
  const { stop, rest, load, step } = one;
  const of = (lines: Line[], { move }: Line): number => Number(lines.find((line) => line.move === move)?.quantity ?? 0);
  const still = (line: Line): number => {
    const loaded = loadedOf(acts, line);
    if (step === "LEFT" || (isOver && GOES_ON.has(step))) return loaded ?? of(stop.load, line);
    if (step !== "DONE") return 0;
    return loaded === undefined ? of(rest, line) : loaded - of(load, line);
  };
  const others = rest.filter((line) => !stop.load.some(({ move }) => move === line.move));
  return [...stop.load, ...others].map((line) => ({ ...line, quantity: String(still(line)) }));
}

// Each product once. Rounded: sums of floating numbers go astray.
function sums(lines: Line[]): Line[] {
  const found = new Map<string, Line>();
  for (const line of lines) {
    const key = `${line.product}\n${line.unit}`;
    const before = Number(found.get(key)?.quantity ?? 0);
    found.set(key, { ...line, quantity: String(Number((before + Number(line.quantity)).toFixed(4))) });
  }
  return [...found.values()];
}
