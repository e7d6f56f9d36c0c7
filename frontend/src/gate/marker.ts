// A mark outside the database that says: this browser was enrolled, and how far its queue had come. It outlives a
// database that the browser drops, so that nobody takes a device that lost its scans for a new one.
export interface Mark {
  device: string;
  run: string;
  next: number; // the seq that the next scan would have got
  waiting: number; // scans that the server had not taken
}

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface Jar {
  cookie: string;
}

const YEAR_S = 400 * 86_400;

export class Marker {
  private readonly key: string;

  constructor(
    private readonly edition: string,
    private readonly shelf: Shelf | null,
    private readonly jar: Jar | null = null,
  ) {
    this.key = `ejlas-gate-${edition}`;
  }

  read(): Mark | null {
    return parsed(this.fromShelf()) ?? parsed(this.fromJar());
  }

  write(mark: Mark): void {
    const text = JSON.stringify(mark);
    try {
      this.shelf?.setItem(this.key, text);
    } catch {
      // Full or forbidden: the cookie stands in.
    }
    this.put(encodeURIComponent(text), YEAR_S);
  }

  clear(): void {
    try {
      this.shelf?.removeItem(this.key);
    } catch {
      // Nothing there that could be cleared.
    }
    this.put("", 0);
  }

  private fromShelf(): string | null {
    try {
      return this.shelf?.getItem(this.key) ?? null;
    } catch {
      return null;
    }
  }

  private fromJar(): string | null {
    const found = this.jar?.cookie.split("; ").find((each) => each.startsWith(`${this.key}=`));
    return found ? decodeURIComponent(found.slice(this.key.length + 1)) : null;
  }

  private put(value: string, seconds: number): void {
    if (this.jar) this.jar.cookie = `${this.key}=${value}; path=/gate/${this.edition}/; max-age=${seconds}; samesite=strict`;
  }
}

function parsed(text: string | null): Mark | null {
  if (!text) return null;
  try {
    const mark = JSON.parse(text) as Partial<Mark>;
    return { device: String(mark.device ?? ""), run: String(mark.run ?? ""), next: Number(mark.next) || 1, waiting: Number(mark.waiting) || 0 };
  } catch {
    // Whatever stands there, something stood there.
    return { device: "", run: "", next: 1, waiting: 0 };
  }
}
