// Follows what changes: asks once a second while the page is visible, and tells the parts that
// listen (hx-trigger="changed:board from:body") when their topic has changed. A page that cannot
// follow any more says so: it would look as if nothing happened.
import { showToast } from "./toasts";

const PAUSE = 1000; // ms
const PAUSE_AFTER_FAILURE = 5000; // ms
const FAILURES_TO_TELL = 3; // in a row: a portal that starts anew is soon back
const SILENT = "The portal does not answer: what this page shows may be old.";
const SIGNED_OUT =
  "You have been signed out: what this page shows may be old. Load it again to sign in.";

interface Answer {
  position: string;
  topics: string[];
}

let position: string | undefined;
let failures = 0;
let told: HTMLElement | undefined;

async function ask(url: string): Promise<void> {
  const response = await fetch(`${url}?since=${position}`, { redirect: "manual" });
  if (response.type === "opaqueredirect") tell(SIGNED_OUT);
  if (!response.ok) throw new Error(`The page was answered ${response.status}.`);
  failures = 0;
  told?.remove();
  if (response.status !== 200) return;
  const answer = (await response.json()) as Answer;
  position = answer.position;
  for (const topic of answer.topics) {
    document.body.dispatchEvent(new CustomEvent(`changed:${topic}`));
  }
}

function tell(words: string): void {
  if (!told?.isConnected) told = showToast(words);
}

async function follow(url: string): Promise<void> {
  let pause = PAUSE;
  if (document.visibilityState === "visible") {
    await ask(url).catch(() => {
      pause = PAUSE_AFTER_FAILURE;
      failures += 1;
      if (failures >= FAILURES_TO_TELL) tell(SILENT);
    });
  }
  window.setTimeout(() => void follow(url), pause);
}

export function startLive(): void {
  const url = document.body.dataset.live;
  position = document.body.dataset.since;
  // Without a listener there is nobody to tell.
  if (url && document.querySelector("[hx-trigger*='changed:']")) void follow(url);
}
