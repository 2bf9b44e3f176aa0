// Moves are sent one at a time, in the order of the drops. A card that is moved twice before the
// first answer is there must not be refused by its own first move.

interface Htmx {
  ajax(verb: string, path: string, context: object): Promise<void>;
}

declare const htmx: Htmx;

export interface Seen {
  job: string;
  seen: string;
}

export interface Move {
  jobs: Seen[];
  truck: string;
  trip: string;
  day: string;
  number: string;
}

const waiting: Move[] = [];
let sending = false;

export function isSending(): boolean {
  return sending;
}

export async function send(move: Move): Promise<void> {
  waiting.push(move);
  if (sending) return;
  sending = true;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    await post(next).catch(() => undefined); // its sendError has told the user already
    learn();
  }
  sending = false;
}

function post({ jobs, ...where }: Move): Promise<void> {
  const source = document.getElementById(`card-${jobs[0]?.job}`) ?? "#day";
  const values = { ...where, job: jobs.map(({ job, seen }) => `${job}:${seen}`) };
  const path = document.getElementById("day")?.dataset.move ?? "";
  return htmx.ajax("POST", path, { source, target: "#day", swap: "none", values });
}

// The answer to a move tells the numbers that its jobs have now. Other jobs keep the number that the
// user saw when they were dropped: what somebody else did to them meanwhile is to be refused.
export function learn(): void {
  const answered = document.getElementById("moved")?.dataset.moved ?? "";
  for (const pair of answered.split(" ")) {
    const [job, seen] = pair.split(":");
    if (job && seen) know(job, seen);
  }
}

function know(job: string, seen: string): void {
  const shown = document.getElementById(`card-${job}`)?.dataset;
  if (shown?.seen && Number(shown.seen) < Number(seen)) shown.seen = seen;
  for (const one of waiting.flatMap((move) => move.jobs)) {
    if (one.job === job && Number(one.seen) < Number(seen)) one.seen = seen;
  }
}
