// What the server tells (docs/driver.md), and what the phone keeps of its own.

export type Line = { move: number; product: string; quantity: string; unit: string };

// How much of what the phone was told; an older page did not say of what.
export type Said = { move: number; quantity: string; of?: string };

// What can be wanted of a driver, and how much.
export type Wanted = "VEHICLE" | "LOADED" | "ON_MY_WAY" | "ARRIVED" | "PHOTO" | "SIGNED" | "NOTED" | "COLLECTED";
export type Level = "OFF" | "OPTIONAL" | "WARN" | "REQUIRED";
export type Needs = Partial<Record<Wanted, Level>>;

// What the delivery ticket says: without a serial number it is not written yet, and is about all of it.
export type TicketLine = {
  move: number;
  product: string;
  quantity: string;
  whole: string;
  unit: string;
  price: string;
};
// What was not handed over, and what it costs, with taxes; the price is empty when nobody knows.
export type Rest = Line & { price: string };
export type Ticket = {
  serial: number | null;
  required: string[];
  lines: TicketLine[];
  rest?: Rest[] | null; // one that was written before there was a rest does not say it
};

export type Left = { what: "REFUSED" | "NOBODY"; reason: string };

export type Stop = {
  uuid: string;
  claim: string;
  number: number;
  kind: "DELIVERY" | "PICKUP";
  order: string;
  customer: string;
  address: string;
  phone: string;
  point: [string, string] | null;
  drop_spot: string;
  notes: string;
  limits: { width?: string; height?: string; weight?: string };
  pictures: { url: string; caption: string }[];
  window: [string, string] | null;
  load: Line[];
  total: string;
  collect: string;
  collected: string;
  card_failed?: string; // why the customer got no link to pay by card
  currency: string;
  state: "OPEN" | "DONE" | "LEFT" | "CANCELLED";
  done_at: string | null;
  acts: string[];
  did?: What[]; // a day that was kept before there were needs says none of both
  needs?: Needs;
  left?: Left | null; // where nothing was handed over: what was said
  excused?: boolean; // it was said why no money was taken, on whatever phone
  ticket?: Ticket | null; // a day that an older page has kept knows nothing of it
};

export type Run = {
  uuid: string;
  day: string;
  truck: string;
  trip: number;
  starts_at: string;
  ends_at: string;
  started_at: string | null;
  ended_at: string | null;
  acts: string[];
  did?: What[];
  needs?: Needs;
  stops: Stop[];
};

export type Day = {
  driver: { id: number; name: string };
  today: string;
  zone: string;
  told_at: string;
  csrf: string;
  positions?: boolean; // whether the business wants to know where the truck is
  business: { name: string; address: string; phones: string[]; logo: string };
  runs: Run[];
};

export type What =
  | "STARTED" | "VEHICLE" | "LOADED" | "ON_MY_WAY" | "ARRIVED" | "DELIVERED" | "REFUSED"
  | "NOBODY" | "COLLECTED" | "CHECK" | "PHOTO" | "SIGNED" | "CARD_LINK" | "TEXTED" | "NOTED" | "ISSUE"
  | "ENDED";

export type Verdict = "APPLIED" | "KEPT" | "REFUSED";

// An act as the phone keeps it. `verdict` is empty until the server has answered for it.
export type Act = {
  id: string;
  driver: number;
  n: number;
  what: What;
  run: string;
  stop: string | null;
  claim: string;
  at: string;
  details: Record<string, unknown>;
  verdict: Verdict | "";
  words: string;
  unwanted?: string; // why the server took the act, and not its picture or signature
  seen?: boolean; // that it was refused or kept for the office, in the list
  about: string; // whom and what it is about, for people
};

// The bytes of a picture or a signature; `sent` when the server has answered for them.
export type Bytes = { id: string; driver: number; content: ArrayBuffer; sent: 0 | 1 };
