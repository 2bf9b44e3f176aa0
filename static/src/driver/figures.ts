// Times, amounts and ways as the phone says them.

import { language, say } from "./words";

let zone: string | undefined; // the business's, wherever the phone believes to be

export function keepZone(named: string): void {
  zone = named;
}

export function clock(at: string): string {
  const shape = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone } as const;
  return new Date(at).toLocaleTimeString(language(), shape);
}

export function dayAndTime(at: string): string {
  const shape = { dateStyle: "long", timeStyle: "short", timeZone: zone } as const;
  return new Date(at).toLocaleString(language(), shape);
}

// An amount of money as people type it, as a text of decimals: "$846.00", "1,000.00", "412,00".
// What is none stays what was typed.
export function typedAmount(typed: string): string {
  const bare = typed.replace(/^[\s$€£]+|[\s$€£]+$/g, "");
  if (/^\d{1,3}(,\d{3})+(\.\d{1,2})?$/.test(bare)) return bare.replaceAll(",", "");
  if (/^\d{1,3}(\.\d{3})+,\d{1,2}$/.test(bare)) return bare.replaceAll(".", "").replace(",", ".");
  return bare.replace(",", ".");
}

// A quantity as people type it ("1,500", "0.5", "0,25"), with at most four decimals, as the server
// takes it; or nothing. Three digits after a comma are thousands, as with money.
export function typedQuantity(typed: string): string | undefined {
  const thousands = /^\s*[1-9]\d{0,2}(,\d{3})+(\.\d+)?\s*$/.test(typed);
  const bare = typed.trim().replaceAll(",", thousands ? "" : ".");
  return /^\d{1,8}(\.\d{1,4})?$/.test(bare) ? bare : undefined;
}

const PARTS = [1, 2, 4, 5, 8, 10, 16]; // of a cord
const FEET = 128; // cubic feet in one

function figure(number: number): string {
  return number.toLocaleString("en-US", { maximumFractionDigits: 4 });
}

// How much it is as a ticket says it: wood in cords and their fractions, as the paper does.
export function measured(quantity: number, unit: string): string {
  if (unit !== "cord") return `${figure(quantity)} ${unit}`;
  const part = PARTS.find((one) => Number.isInteger(+(quantity * one).toFixed(6)));
  const whole = Math.floor(quantity);
  const over = part && part > 1 ? `${Math.round((quantity - whole) * part)}/${part}` : "";
  const words = over ? [whole || "", over].join(" ").trim() : figure(quantity);
  return `${words} ${say(quantity > 1 ? "cords" : "cord")} (${figure(+(quantity * FEET).toFixed(1))} ft³)`;
}

const INCH = 0.0254; // m
const POUND = 0.45359237; // kg

// What a place lets in, in both measures; never more than it does.
export function length(metres: number): string {
  const inches = Math.floor(+(metres / INCH).toFixed(6));
  return `${figure(metres)} m / ${Math.floor(inches / 12)}\u2032${inches % 12}\u2033`;
}

export function weight(kilos: number): string {
  return `${figure(kilos)} kg / ${figure(Math.floor(+(kilos / POUND).toFixed(6)))} lb`;
}

// Which day it is where the business is, by the phone's clock, written as the server writes days.
export function dayNow(): string {
  return new Date().toLocaleDateString("sv-SE", { timeZone: zone });
}

export function weekday(day: string): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const at = new Date(year, month - 1, date);
  return at.toLocaleDateString(language(), { weekday: "short", day: "numeric", month: "short" });
}

export function money(cents: number, symbol: string): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const amount = (cents / 100).toLocaleString("en-US", digits);
  return symbol ? `${symbol}\u00a0${amount}` : amount;
}

export function telephone(number: string): string {
  return `tel:${number.replace(/[^+\d]/g, "")}`;
}
