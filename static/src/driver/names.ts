// What the page and its service worker both know.

export const LOOK = "/driver/look"; // the cache, and what is in it

// Whether a page was not opened from another one of the portal's: then nobody has signed in just
// now, and this phone is still that driver's who worked on it last.
export function isDriving(referrer: string): boolean {
  if (!referrer.startsWith(`${location.origin}/`)) return true;
  return new URL(referrer).pathname.startsWith("/driver/");
}
