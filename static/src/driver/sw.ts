// Keeps the driver's page on the phone. What it keeps is named by the server, with each version.

import { isDriving, LOOK } from "./names";

type Shell = { version: string; page: string; files: string[] };
const worker = self as unknown as ServiceWorkerGlobalScope & { SHELL: Shell };

const { version, page, files } = worker.SHELL;
const CACHE = `driver-shell-${version}`;
const PLACE = '<div id="driver"></div>';

worker.addEventListener("install", (event) => {
  event.waitUntil(keep());
});

// All of it or nothing: a page whose half is new would be worse than an old one.
async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  const wanted = [page, ...files];
  const found = await Promise.all(wanted.map((url) => fetch(url, { cache: "no-cache" })));
  const bad = found.find((response) => !response.ok || response.redirected);
  if (bad) throw new Error(`${bad.url} is not to be had: ${bad.status}`);
  await Promise.all(found.map((response, at) => cache.put(wanted[at]!, response)));
  await worker.skipWaiting();
}

worker.addEventListener("activate", (event) => {
  event.waitUntil(clean());
});

async function clean(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith("driver-shell-") && name !== CACHE) await caches.delete(name);
  }
  await worker.clients.claim();
}

worker.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (event.request.mode === "navigate") {
    if (url.pathname === page) event.respondWith(opened(event.request, url));
  } else if (files.includes(url.pathname + url.search) || isPicture(url)) {
    event.respondWith(kept(url.pathname + url.search, event.request));
  }
});

// The page, with what its first screen looked like last; not for who has just signed in.
async function opened(request: Request, url: URL): Promise<Response> {
  const isFirst = ["", "#/"].includes(url.hash) && isDriving(request.referrer);
  const [answer, look] = await Promise.all([kept(page, request), isFirst ? lastLook() : ""]);
  if (!look) return answer;
  const whole = (await answer.text()).replace(PLACE, () => PLACE.replace(">", ` inert>${look}`));
  return new Response(whole, { headers: answer.headers });
}

// A look that cannot be read must not cost the page.
async function lastLook(): Promise<string> {
  const found = await caches.match(LOOK).catch(() => undefined);
  return (await found?.text().catch(() => "")) ?? "";
}

// The pictures of the places, and the logo on a ticket.
function isPicture(url: URL): boolean {
  return url.pathname.startsWith("/places/pictures/") || url.pathname === "/brand/logo.png";
}

async function kept(url: string, request: Request): Promise<Response> {
  const shell = await caches.open(CACHE);
  return (await shell.match(url)) ?? (await caches.match(url)) ?? fetch(request);
}
