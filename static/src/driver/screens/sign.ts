// The customer signs with a finger.

import { html, type TemplateResult } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import SignaturePad from "signature_pad";

import type { Phone } from "../phone";
import { png } from "../pictures";
import type { ShownStop } from "../state";
import { say } from "../words";
import { go, head } from "./parts";
import { refuse } from "./part";

const [WIDTH, HEIGHT] = [600, 300]; // pixels of what is kept
const LONGEST = 100; // characters of a name: what is put in by the page is not cut by the field
const pads = new WeakMap<HTMLCanvasElement, SignaturePad>();
const canvas = createRef<HTMLCanvasElement>();

function padOf(paper: Element | undefined): SignaturePad | undefined {
  if (!(paper instanceof HTMLCanvasElement)) return undefined;
  if (!pads.has(paper)) {
    paper.width = WIDTH;
    paper.height = HEIGHT;
    pads.set(paper, new SignaturePad(paper, { backgroundColor: "#fff", penColor: "#000" }));
  }
  return pads.get(paper);
}

export function signSheet(phone: Phone, one: ShownStop): TemplateResult {
  const { stop, run } = one;
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const signer = String(new FormData(form).get("signer") ?? "").trim();
    const paper = canvas.value;
    if (!signer) return refuse(form, "signer", say("Type it."));
    if (!paper || padOf(paper)?.isEmpty()) return refuse(form, "signer", say("A signature is missing."));
    await phone.picture("SIGNED", { run, stop }, await png(paper), signer);
    go(`/stop/${stop.uuid}`);
  };
  return html`${head(phone, say("Signature"), `#/stop/${stop.uuid}`)}
    <main id="main">
      <form class="fields panel" novalidate @submit=${save}>
        <label for="signer">${say("Who signs?")}</label>
        <input id="signer" name="signer" type="text" maxlength=${LONGEST} autocomplete="off" .value=${stop.customer.slice(0, LONGEST)}>
        <canvas class="signature" aria-label=${say("Sign here")} ${ref(canvas)} ${ref((paper) => void padOf(paper))}></canvas>
        <p class="ways">
          <button class="button" type="button" @click=${() => padOf(canvas.value)?.clear()}>${say("Clear")}</button>
          <button class="button main">${say("Save")}</button>
        </p>
      </form>
    </main>`;
}
