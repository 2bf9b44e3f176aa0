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
