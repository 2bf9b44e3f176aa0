// How many of the acts that wait go in one request.

import type { Act } from "./types";

export const MOST = 50;
const MOST_BYTES = 128 * 1024; // the server takes twice that: an act is sent with a little more

// The first of them, at least one.
export function batchOf(acts: Act[], most: number): Act[] {
  const encoder = new TextEncoder();
  let bytes = 0;
  const tooMany = acts.findIndex((act, at) => {
    bytes += encoder.encode(JSON.stringify(act)).length;
    return at === most || (at > 0 && bytes > MOST_BYTES);
  });
  return tooMany < 0 ? acts : acts.slice(0, tooMany);
}
