// Starts what every page of the portal needs.
import "idiomorph/dist/idiomorph-ext.js";
import { startToasts } from "./toasts";
import { startBoard } from "./board";
import { startFocus } from "./focus";
import { startKept } from "./kept";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startSending } from "./sending";

startToasts();
startLive();
startBoard();
startKept();
startSending();
startFocus();
startKeys();
showOpenPage();

/** Scroll the row of pages, which on a phone is wider than the screen, to the one that is open. */
function showOpenPage(): void {
  const open = document.querySelector('.pages [aria-current="page"]');
  const row = open?.parentElement;
  if (!open || !row) return;
  const [there, here] = [open.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += there.left + there.width / 2 - here.left - here.width / 2;
}
