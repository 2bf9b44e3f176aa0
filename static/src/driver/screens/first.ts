// What has to be done first: a button that says so, and does it or leads there.

import { html, type TemplateResult } from "lit-html";

import { dwell } from "../dwell";
import { type Ending, type Missing, missingAt } from "../needs";
import type { Phone } from "../phone";
import { smallJpeg } from "../pictures";
import type { ShownStop } from "../state";
import { say } from "../words";

export function firstAt(
  phone: Phone,
  one: ShownStop,
  end: Ending,
  button = "button main wide big",
): TemplateResult | undefined {
  const { stop, run } = one;
  if (phone.isKeeping(stop)) return keepingIt(button);
  const act = firstOf(missingAt(one, end));
  switch (act) {
    case undefined:
      return undefined;
    case "PHOTO":
      return photoButton(phone, one, say("Take a photo first"), button);
    case "SIGNED":
      return html`<a class=${button} href="#/stop/${stop.uuid}/sign" ${dwell(stop.uuid)}>${say("Let them sign first")}</a>`;
    case "NOTED":
      return html`<a class=${button} href="#/stop/${stop.uuid}/note" ${dwell(stop.uuid)}>${say("Write a note first")}</a>`;
    default: {
      const words = act === "ARRIVED" ? "I have arrived" : "I am on my way";
      return html`<button class=${button} type="button" @click=${() => phone.act(act, { run, stop })} ${dwell(`${stop.uuid} ${act}`)}>${say(words)}</button>`;
    }
  }
}

function keepingIt(button: string): TemplateResult {
  return html`<button class=${button} type="button" disabled>${say("The photo is being kept…")}</button>`;
}

export function firstOf(missing: Missing[]): Missing["act"] | undefined {
  return missing.find(({ isRequired }) => isRequired)?.act;
}

// The bytes of a picture as they are sent; nothing, said aloud, when it is none.
export async function readable(file: Blob): Promise<ArrayBuffer | undefined> {
  const content = await smallJpeg(file).catch(() => undefined);
  if (!content) window.alert(say("This picture cannot be read. Take another one."));
  return content;
}

// The camera; the picture is on the phone when the button says that there is one.
export function photoButton(
  phone: Phone,
  one: ShownStop,
  words: string,
  kind: string,
  what: "PHOTO" | "CHECK" = "PHOTO",
): TemplateResult {
  const { stop, run } = one;
  const photo = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    await phone.whileKeeping(stop, async () => {
      const content = await readable(file);
      if (content) await phone.picture(what, { run, stop }, content);
    });
  };
  return html`<label class=${kind}>
    ${words}
    <input class="unseen" type="file" accept="image/*" capture="environment" @change=${photo}>
  </label>`;
}
