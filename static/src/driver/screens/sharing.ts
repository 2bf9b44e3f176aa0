// Whether the office sees where the phone is: always said, and the driver's own choice.

import { html, nothing } from "lit-html";

import type { Phone } from "../phone";
import { positions } from "../positions";
import type { ShownRun } from "../state";
import { say } from "../words";
import type { Screen } from "./parts";

const WORDS = {
  on: "The office sees where you are until the run ends. A customer sees it while you are on the way there.",
  "not agreed": "Nobody sees where you are.",
  "not allowed": "Nobody sees where you are: the phone does not tell this page. Its settings can allow it.",
};

export function sharing(phone: Phone, one: ShownRun): Screen {
  const now = positions.sharing(phone, one);
  if (now === "off") return nothing;
  const agrees = now === "not agreed";
  return html`<p class="sharing panel">
    <span>${say(WORDS[now])}</span>
    <button class="button" type="button" @click=${() => positions.agree(phone, agrees)}>
      ${say(agrees ? "Share" : "Do not share")}
    </button>
  </p>`;
}
