// What the page and its service worker both know.

export const LOOK = "/driver/look"; // the cache, and what is in it

// Whether a page was not opened from another one of the portal's: then nobody has signed in just
// now, and this phone is still that driver's who worked on it last.
export function isDriving(referrer: string): boolean {
  const from = URL.canParse(referrer) ? new URL(referrer) : undefined;
  return from?.origin !== location.origin || from.pathname.startsWith("/driver/");
}
