// Shows the picture that was chosen, and lets a person choose the part of it that is used. Without this, or before the
// frame is asked for, the file is sent alone and the server cuts it around the face.
import { draw, shownSize } from "./draw";
import { type Box, firstBox, gripAt, type Grip, keyed, moved, points, type Size, sized, spelled } from "./frame";
import { filled, kindOf, megabytes, type Trouble, troubleOf } from "./kind";

const MOST_SHOWN = { width: 640, height: 640 };
const REACH_PX = 26;

interface Shown {
  picture: ImageBitmap;
  box: Box | null;
}

export function attach(root: Document): void {
  root.querySelectorAll<HTMLInputElement>("input[type=file][data-photo]").forEach((input) => new Field(root, input));
}

class Field {
  private readonly canvas: HTMLCanvasElement;
  private readonly told: HTMLElement;
  private readonly acts: HTMLElement;
  private readonly choose: HTMLButtonElement;
  private readonly sizes: HTMLButtonElement[];
  private shown: Shown | null = null;
  private trouble = "";
  private number = 0;

  constructor(
    private readonly root: Document,
    private readonly input: HTMLInputElement,
  ) {
    this.canvas = root.createElement("canvas");
    this.canvas.className = "photo-shown";
    this.canvas.hidden = true;
    this.told = root.createElement("p");
    this.told.className = "photo-told";
    this.told.setAttribute("role", "status");
    this.choose = this.button("", () => this.toggle());
    this.sizes = [this.button("−", () => this.press("-"), "smaller"), this.button("+", () => this.press("+"), "larger")];
    this.acts = root.createElement("div");
    this.acts.className = "photo-acts";
    this.acts.hidden = true;
    this.acts.append(this.choose, ...this.sizes);
    // The status stands in the page before it says anything: only then is it read out.
    input.after(this.told, this.canvas, this.acts);
    input.addEventListener("change", () => void this.take());
    input.form?.addEventListener("submit", (event) => this.hold(event));
    this.canvas.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey && this.press(event.key, event.shiftKey)) event.preventDefault();
    });
    this.canvas.addEventListener("pointerdown", (event) => this.hand(event));
    if (input.files?.length) void this.take();
  }

  private get least(): Size {
    return { width: Number(this.input.dataset.leastWidth ?? 0), height: Number(this.input.dataset.leastHeight ?? 0) };
  }

  private button(sign: string, act: () => void, words = ""): HTMLButtonElement {
    const made = this.root.createElement("button");
    made.type = "button";
    made.className = "quiet";
    made.textContent = sign;
    if (words) made.setAttribute("aria-label", this.words(words));
    made.addEventListener("click", act);
    return made;
  }

  private words(name: string, values: Record<string, string | number> = {}): string {
    return filled(this.input.getAttribute(`data-words-${name}`) ?? "", values);
  }

  private async take(): Promise<void> {
    const number = ++this.number;
    const file = this.input.files?.[0];
    this.show(null);
    this.tell("", "");
    if (!file) return;
    const most = Number(this.input.dataset.mostBytes ?? 0);
    const kind = kindOf(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
    const found = troubleOf(kind, file.size, most);
    const picture = found ? null : await opened(file);
    // Another file was chosen while this one was being opened.
    if (number !== this.number) return picture?.close();
    const trouble: Trouble | "small" = found || !picture ? found || "none" : isBelow(picture, this.least) ? "small" : "";
    const { width: least_width, height: least_height } = this.least;
    const allowed = this.input.dataset.allowed ?? "";
    const values = { allowed, size: megabytes(file.size), most: megabytes(most), width: picture?.width ?? 0, height: picture?.height ?? 0, least_width, least_height };
    if (trouble) {
      picture?.close();
      return this.tell(this.words(trouble, values), trouble);
    }
    if (picture) this.show({ picture, box: null });
    this.tell(this.words("size", values), "");
  }

  private tell(words: string, trouble: string): void {
    this.trouble = trouble;
    this.told.textContent = words;
    this.told.classList.toggle("is-fault", trouble !== "");
    if (trouble) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  private hold(event: Event): void {
    if (!this.trouble) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.input.focus();
  }

  private show(shown: Shown | null): void {
    this.shown?.picture.close();
    this.shown = shown;
    this.canvas.hidden = this.acts.hidden = shown === null;
    if (shown) Object.assign(this.canvas, shownSize(shown.picture, MOST_SHOWN));
    this.frame(null);
  }

  private toggle(): void {
    if (!this.shown) return;
    const { picture, box } = this.shown;
    const first = firstBox(picture);
    this.frame(box ? null : sized(first, first.width, picture, this.least));
    if (this.shown.box) this.canvas.focus();
  }

  private frame(box: Box | null): void {
    const target = this.input.closest("[data-photo-field]")?.querySelector<HTMLInputElement>("[data-photo-box]");
    if (target) target.value = box ? spelled(box) : "";
    this.choose.textContent = this.words(box ? "auto" : "choose");
    for (const button of this.sizes) button.hidden = box === null;
    this.canvas.classList.toggle("is-framed", box !== null);
    this.canvas.tabIndex = box ? 0 : -1;
    this.canvas.setAttribute("role", box ? "application" : "img");
    this.canvas.setAttribute("aria-label", this.words(box ? "frame" : "shown"));
    if (!this.shown) return;
    this.shown.box = box;
    draw(this.canvas, this.shown.picture, box);
    if (box) this.told.textContent = this.words("part", { ...points(box, this.shown.picture) });
  }

  private press(key: string, isFine = false): boolean {
    if (!this.shown?.box) return false;
    const box = keyed(key, isFine, this.shown.box, this.shown.picture, this.least);
    if (box) this.frame(box);
    return box !== null;
  }

  private hand(event: PointerEvent): void {
    const { shown } = this;
    if (!shown?.box || event.button !== 0) return;
    const held: Box = shown.box;
    const area = this.canvas.getBoundingClientRect();
    const at = (from: PointerEvent) => ({ x: (from.clientX - area.left) / area.width, y: (from.clientY - area.top) / area.height });
    const start = at(event);
    const inPixels = { x: held.x * area.width, y: held.y * area.height, width: held.width * area.width, height: held.height * area.height };
    const grip: Grip = gripAt(start.x * area.width, start.y * area.height, inPixels, REACH_PX);
    // Beside the frame, a press brings it there.
    const base = grip ? held : moved(held, start.x - held.x - held.width / 2, start.y - held.y - held.height / 2);
    const pull = (to: PointerEvent): void => {
      const now = at(to);
      if (grip === "size") return this.frame(sized(base, 2 * Math.abs(now.x - base.x - base.width / 2), shown.picture, this.least));
      this.frame(moved(base, now.x - start.x, now.y - start.y));
    };
    const end = (): void => {
      this.canvas.removeEventListener("pointermove", pull);
      this.canvas.removeEventListener("pointerup", end);
      this.canvas.removeEventListener("pointercancel", end);
    };
    this.canvas.setPointerCapture(event.pointerId);
    this.canvas.addEventListener("pointermove", pull);
    this.canvas.addEventListener("pointerup", end);
    this.canvas.addEventListener("pointercancel", end);
    if (!grip) this.frame(base);
  }
}

// Not by an address of the file: the content policy lets pictures come from the site alone.
async function opened(file: File): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
}

function isBelow(picture: Size, least: Size): boolean {
  return picture.width < least.width || picture.height < least.height;
}
