// Follows what changes: asks once a second while the page is visible, and tells the parts that
// listen (hx-trigger="changed:board from:body") when their topic has changed.

const PAUSE = 1000; // ms
const PAUSE_AFTER_FAILURE = 5000; // ms

interface Answer {
  position: string;
  topics: string[];
}

let position: string | undefined;

async function ask(url: string): Promise<void> {
  const response = await fetch(`${url}?since=${position}`, { redirect: "error" });
  if (response.status !== 200) return;
  const answer = (await response.json()) as Answer;
  position = answer.position;
  for (const topic of answer.topics) {
    document.body.dispatchEvent(new CustomEvent(`changed:${topic}`));
  }
}

async function follow(url: string): Promise<void> {
  let pause = PAUSE;
  if (document.visibilityState === "visible") {
    await ask(url).catch(() => {
      pause = PAUSE_AFTER_FAILURE;
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
