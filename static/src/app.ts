// Starts what every page of the portal needs.
import "idiomorph/dist/idiomorph-ext.js";
import { startToasts } from "./toasts";
import { startBoard } from "./board";
import { startKept } from "./kept";
import { startLive } from "./live";
import { startOnce } from "./once";

startToasts();
startLive();
startBoard();
startKept();
startOnce();
// On a phone the row of pages is wider than the screen: show which one is open.
document
  .querySelector('.pages [aria-current="page"]')
  ?.scrollIntoView({ block: "nearest", inline: "center" });
