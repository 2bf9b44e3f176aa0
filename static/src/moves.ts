// Moves are sent one at a time, in the order of the drops. A card that is moved twice before the
// first answer is there must not be refused by its own first move.

interface Htmx {
  ajax(verb: string, path: string, context: object): Promise<void>;
}

declare const htmx: Htmx;

export interface Move {
  job: string;
  path: string;
  seen: string;
  truck: string;
  day: string;
  number: string;
}

const waiting: Move[] = [];
let sending = false;

export function isSending(): boolean {
  return sending;
}

export function moreToSend(): boolean {
  return waiting.length > 0;
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

function post({ job, path, ...values }: Move): Promise<void> {
  const source = document.getElementById(`card-${job}`) ?? "#day";
  return htmx.ajax("POST", path, { source, target: "#day", swap: "none", values });
}

// The answer to a move tells the number that the job has now. Other jobs keep the number that the
// user saw when they were dropped: what somebody else did to them meanwhile is to be refused.
export function learn(): void {
  const { job, seen } = document.getElementById("moved")?.dataset ?? {};
  if (!job || !seen) return;
  const shown = document.getElementById(`card-${job}`)?.dataset;
  if (shown?.seen && Number(shown.seen) < Number(seen)) shown.seen = seen;
  for (const move of waiting) {
    if (move.job === job && Number(move.seen) < Number(seen)) move.seen = seen;
  }
}
