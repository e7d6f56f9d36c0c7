// IndexedDB by promises: one transaction is one function, which is done wholly or not at all.
export class StoreFull extends Error {
  constructor() {
    super("full");
    this.name = "StoreFull";
  }
}

// The browser has taken the database away, or never gave one.
export class StoreGone extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "StoreGone";
  }
}

export function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

type Work<T> = (transaction: IDBTransaction) => Promise<T>;

export class Database {
  private constructor(private readonly held: IDBDatabase) {}

  static open(factory: IDBFactory, name: string, version: number, upgrade: (held: IDBDatabase) => void): Promise<Database> {
    return new Promise((resolve, reject) => {
      let request: IDBOpenDBRequest;
      try {
        request = factory.open(name, version);
      } catch (fault) {
        return reject(gone(fault));
      }
      request.onupgradeneeded = () => upgrade(request.result);
      request.onerror = () => reject(gone(request.error));
      request.onsuccess = () => resolve(new Database(request.result).hung());
    });
  }

  // Another tab that brings a newer version must not wait for this one.
  private hung(): this {
    this.held.onversionchange = () => this.held.close();
    return this;
  }

  onGone(told: () => void): void {
    this.held.onclose = told;
  }

  names(): string[] {
    return [...this.held.objectStoreNames];
  }

  close(): void {
    this.held.close();
  }

  look<T>(stores: string[], work: Work<T>): Promise<T> {
    return this.run(stores, "readonly", work);
  }

  // What is said to be kept is on the disk: a battery that dies takes nothing with it.
  change<T>(stores: string[], work: Work<T>): Promise<T> {
    return this.run(stores, "readwrite", work, "strict");
  }

  // A change that may be lost with the battery, because what follows from it is only done once more.
  changeLightly<T>(stores: string[], work: Work<T>): Promise<T> {
    return this.run(stores, "readwrite", work, "relaxed");
  }

  private async run<T>(stores: string[], mode: IDBTransactionMode, work: Work<T>, durability?: IDBTransactionDurability): Promise<T> {
    const transaction = this.begun(stores, mode, durability);
    const ended = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
    });
    ended.catch(() => undefined);
    try {
      const made = await work(transaction);
      await ended;
      return made;
    } catch (fault) {
      abort(transaction);
      throw named(fault);
    }
  }

  private begun(stores: string[], mode: IDBTransactionMode, durability: IDBTransactionDurability = "default"): IDBTransaction {
    try {
      return this.held.transaction(stores, mode, { durability });
    } catch (fault) {
      throw gone(fault);
    }
  }
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}

function gone(fault: unknown): Error {
  return fault instanceof Error && fault.name === "QuotaExceededError" ? new StoreFull() : new StoreGone(nameOf(fault));
}

function named(fault: unknown): unknown {
  const name = nameOf(fault);
  if (name === "QuotaExceededError") return new StoreFull();
  return name === "InvalidStateError" || name === "UnknownError" ? new StoreGone(name) : fault;
}

function nameOf(fault: unknown): string {
  return fault && typeof fault === "object" && "name" in fault ? String(fault.name) : "unknown";
}
