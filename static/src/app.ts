// Starts what every page of the portal needs.
import "idiomorph/dist/idiomorph-ext.js";
import { startToasts } from "./toasts";
import { startLive } from "./live";

startToasts();
startLive();
