// Starts what every page of the portal needs.
import { startToasts } from "./toasts";
import { startLive } from "./live";

startToasts();
startLive();
