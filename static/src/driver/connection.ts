// The way to the phone's store. The system may cut it off, as iOS does with a page in the background.

export class StoreFailed extends Error {
  constructor(
    readonly isNoting: boolean,
    cause: unknown,
  ) {
    super("The phone's store failed", { cause });
  }
}

export class Connection<Database extends { close(): void }> {
  private constructor(
    private readonly open: () => Promise<Database>,
    private db: Promise<Database>,
  ) {}

  static async to<Database extends { close(): void }>(
    open: () => Promise<Database>,
  ): Promise<Connection<Database>> {
    const db = open();
    await db;
    return new Connection(open, db);
  }

  // Do it; when that fails, open the store anew and do it once more. `work` must bear to be done twice.
  // Throws StoreFailed, or the browser's own error when there is no room.
  async use<T>(work: (db: Database) => Promise<T>, { isNoting = false } = {}): Promise<T> {
    const { db } = this;
    try {
      return await work(await db);
    } catch (error) {
      if (isFull(error)) throw error;
    }
    if (this.db === db) {
      void db.then((old) => old.close()).catch(() => undefined);
      this.db = this.open();
    }
    try {
      return await work(await this.db);
    } catch (error) {
      throw isFull(error) ? error : new StoreFailed(isNoting, error);
    }
  }
}

export function isFull(error: unknown): boolean {
  return (error as Error | undefined)?.name === "QuotaExceededError";
}
