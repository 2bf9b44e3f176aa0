// What the phone keeps. All of it stays when the page, its scripts or this schema become newer.

import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import { Connection } from "./connection";
import type { Act, Bytes, Day } from "./types";

const NAME = "driver";
const VERSION = 2;
const KEPT = 14 * 24 * 3600 * 1000; // ms: as long what was answered is shown

interface Schema extends DBSchema {
  days: { key: number; value: { day: Day; tag: string } };
  acts: {
    key: string;
    value: Act;
    indexes: { count: [number, number] };
  };
  files: { key: string; value: Bytes; indexes: { open: [number, number] } };
  about: { key: string; value: string | number };
}

type Database = IDBPDatabase<Schema>;
export type NewAct = Omit<Act, "n" | "verdict" | "words" | "unwanted" | "seen">;

async function open(): Promise<Database> {
  const db = await openDB<Schema>(NAME, VERSION, {
    upgrade(fresh, from, _to, change) {
      if (from < 1) {
        fresh.createObjectStore("days");
        const acts = fresh.createObjectStore("acts", { keyPath: "id" });
        acts.createIndex("count", ["driver", "n"], { unique: true });
        fresh.createObjectStore("files", { keyPath: "id" }).createIndex("open", ["driver", "sent"]);
        fresh.createObjectStore("about");
      } else if (from < 2) {
        const acts: { deleteIndex(name: string): void } = change.objectStore("acts");
        acts.deleteIndex("open"); // nobody asks by it
      }
    },
    // A newer page wants to change the schema: this one is opened anew, as that page.
    blocking: () => {
      db.close();
      location.reload();
    },
  });
  return db;
}

export class Store {
  private constructor(private readonly connection: Connection<Database>) {}

  static async open(): Promise<Store> {
    return new Store(await Connection.to(open));
  }

  // Who works on this phone; 0 when nobody has signed in yet.
  async driver(): Promise<number> {
    return this.connection.use(async (db) => Number((await db.get("about", "driver")) ?? 0));
  }

  // The name of this browser, made once.
  async phone(): Promise<string> {
    return this.connection.use(async (db) => {
      const change = db.transaction("about", "readwrite");
      const known = await change.store.get("phone");
      const name = known ? String(known) : crypto.randomUUID();
      if (!known) await change.store.put(name, "phone");
      await change.done;
      return name;
    });
  }

  async day(driver: number): Promise<{ day: Day; tag: string } | undefined> {
    return this.connection.use((db) => db.get("days", driver));
  }

  // Asks the system not to clear the first one away.
  async keepDay(day: Day, tag: string): Promise<void> {
    return this.connection.use(async (db) => {
      const change = db.transaction(["days", "about"], "readwrite");
      const isFirst = !(await change.objectStore("days").count(day.driver.id));
      await change.objectStore("days").put({ day, tag }, day.driver.id);
      await change.objectStore("about").put(day.driver.id, "driver");
      await change.done;
      if (isFirst) void navigator.storage?.persist?.();
    });
  }

  // Write an act, with its bytes, before anything says that it was done.
  async add(act: NewAct, content?: ArrayBuffer): Promise<Act> {
    return this.connection.use(async (db) => {
      const change = db.transaction(["acts", "files"], "readwrite", { durability: "strict" });
      const acts = change.objectStore("acts");
      const known = await acts.get(act.id);
      if (known) return known; // the answer that it was written got lost
      const range = IDBKeyRange.bound([act.driver, 0], [act.driver, Infinity]);
      const last = await acts.index("count").openCursor(range, "prev");
      const whole: Act = { ...act, n: (last?.value.n ?? 0) + 1, verdict: "", words: "" };
      await acts.add(whole);
      if (content) {
        const bytes: Bytes = { id: act.id, driver: act.driver, content, sent: 0 };
        await change.objectStore("files").add(bytes);
      }
      await change.done;
      return whole;
    }, { isNoting: true });
  }

  // All acts of a driver, in their order.
  async acts(driver: number): Promise<Act[]> {
    return this.connection.use(async (db) => {
      const range = IDBKeyRange.bound([driver, 0], [driver, Infinity]);
      return db.getAllFromIndex("acts", "count", range);
    });
  }

  // The server takes no bytes of an act that it refused: they wait no longer.
  async answer(id: string, verdict: Act["verdict"], words: string): Promise<void> {
    return this.connection.use(async (db) => {
      const change = db.transaction(["acts", "files"], "readwrite", { durability: "strict" });
      const act = await change.objectStore("acts").get(id);
      if (act) await change.objectStore("acts").put({ ...act, verdict, words });
      const file = verdict === "REFUSED" ? await change.objectStore("files").get(id) : undefined;
      if (file) await change.objectStore("files").put({ ...file, sent: 1 });
      await change.done;
    });
  }

  async see(ids: string[]): Promise<void> {
    return this.connection.use(async (db) => {
      const change = db.transaction("acts", "readwrite");
      for (const id of ids) {
        const act = await change.store.get(id);
        if (act) await change.store.put({ ...act, seen: true });
      }
      await change.done;
    });
  }

  // The pictures that are still to be sent: their acts' ids.
  async filesToSend(driver: number): Promise<string[]> {
    return this.connection.use((db) => db.getAllKeysFromIndex("files", "open", IDBKeyRange.only([driver, 0])));
  }

  async file(id: string): Promise<Bytes | undefined> {
    return this.connection.use((db) => db.get("files", id));
  }

  // The server has the bytes; or did not want them, and `words` say why.
  async fileIsSent(id: string, words = ""): Promise<void> {
    return this.connection.use(async (db) => {
      const change = db.transaction(["acts", "files"], "readwrite", { durability: "strict" });
      const file = await change.objectStore("files").get(id);
      if (file) await change.objectStore("files").put({ ...file, sent: 1 });
      const act = words ? await change.objectStore("acts").get(id) : undefined;
      if (act) await change.objectStore("acts").put({ ...act, unwanted: words });
      await change.done;
    });
  }

  // Forget what was sent and answered long ago.
  async forgetOld(driver: number): Promise<void> {
    return this.connection.use(async (db) => {
      const before = new Date(Date.now() - KEPT).toISOString();
      const change = db.transaction(["acts", "files"], "readwrite");
      const range = IDBKeyRange.bound([driver, 0], [driver, Infinity]);
      const acts = change.objectStore("acts");
      let last = await acts.index("count").openCursor(range, "prev");
      last = last && (await last.continue()); // the last one keeps the count
      for (; last; last = await last.continue()) {
        const file = await change.objectStore("files").get(last.value.id);
        const open = !last.value.verdict || file?.sent === 0;
        if (open || last.value.at > before) continue;
        await change.objectStore("files").delete(last.value.id);
        await last.delete();
      }
      await change.done;
    });
  }

  // Let this driver work here; says whether it was somebody else before.
  async handTo(driver: number): Promise<boolean> {
    return this.connection.use(async (db) => {
      if (driver === (await this.driver())) return false;
      await db.put("about", driver, "driver");
      return true;
    });
  }

  // Let nobody work on this phone: the next one sees nothing of what is kept for the last.
  async leave(): Promise<void> {
    return this.connection.use((db) => db.delete("about", "driver"));
  }

  // Forget all of a driver; only when nothing of it is still to be sent.
  async forget(driver: number): Promise<void> {
    return this.connection.use(async (db) => {
      const change = db.transaction(["days", "acts", "files"], "readwrite");
      const range = IDBKeyRange.bound([driver, 0], [driver, Infinity]);
      for (const id of await change.objectStore("acts").index("count").getAllKeys(range)) {
        await change.objectStore("acts").delete(id);
        await change.objectStore("files").delete(id);
      }
      await change.objectStore("days").delete(driver);
      await change.done;
    });
  }
}
