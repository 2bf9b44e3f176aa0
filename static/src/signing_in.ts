// Whoever comes to sign in may be another person than the driver who had this phone last: nothing of
// that driver's day is to be painted before the page knows who it is (driver/look.ts).

import { dropLook } from "./driver/look";

void dropLook();
