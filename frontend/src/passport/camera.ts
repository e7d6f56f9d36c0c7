// Reads a passport with the camera, or from a photograph of it, into the lines of the form; the person confirms them.
// data-passport holds the whole, with the sentences of data-passport-said in its own data- attributes.
import { greyOf, type Grey } from "./pixels";
import type { Found } from "./read";
import type { Reader } from "./reader";

const LOOKS_MS = 60_000;
const PATIENT_MS = 12_000;
const PAUSE_MS = 80;
const LARGEST = 2400;
const TURNS = [0, 180, 90, 270];

type State = "idle" | "opening" | "looking" | "reading" | "read" | "check" | "unread" | "refused" | "none" | "failed";

export function attach(root: Document): void {
  for (const whole of root.querySelectorAll<HTMLElement>("[data-passport]")) new Camera(whole).hang();
}

class Camera {
  private stream: MediaStream | null = null;
  private reader: Promise<Reader> | null = null;
  private photos = 0;

  constructor(private readonly whole: HTMLElement) {}

  hang(): void {
    const tools = this.part("camera");
    if (!tools || !this.part("lines")) return;
    tools.hidden = false;
    const open = this.part("open");
    if (open) {
      open.hidden = !navigator.mediaDevices?.getUserMedia;
      open.addEventListener("click", () => void this.look());
    }
    this.part("stop")?.addEventListener("click", () => this.stop("idle"));
    this.part("photo")?.addEventListener("change", (event) => void this.photo(event.target as HTMLInputElement));
    // A camera that goes on behind another page frightens people, and rightly.
    document.addEventListener("visibilitychange", () => document.hidden && this.stream && this.stop("idle"));
    window.addEventListener("pagehide", () => this.stop("idle"));
  }

  private part<T extends HTMLElement>(name: string): T | null {
    return this.whole.querySelector<T>(`[data-passport-${name}]`);
  }

  private say(state: State): void {
    this.whole.dataset.passportState = state;
    const said = this.part("said");
    if (said) said.textContent = this.whole.dataset[`passport${state[0]!.toUpperCase()}${state.slice(1)}`] ?? "";
  }

  private letters(): Promise<Reader> {
    if (this.reader) return this.reader;
    const opened = import("./reader").then(({ Reader }) => Reader.open());
    // What did not come may come another time.
    opened.catch(() => (this.reader = null));
    this.reader = opened;
    return opened;
  }

  private async look(): Promise<void> {
    this.stop("opening");
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } },
      });
    } catch (fault) {
      const isRefused = fault instanceof DOMException && (fault.name === "NotAllowedError" || fault.name === "SecurityError");
      return this.stop(isRefused ? "refused" : "none");
    }
    const stream = this.stream;
    try {
      const video = await this.shown(stream);
      const reader = await this.letters();
      if (this.stream === stream) this.say("looking");
      await this.watch(stream, video, reader);
    } catch {
      if (this.stream === stream) this.stop("failed");
    }
  }

  private async shown(stream: MediaStream): Promise<HTMLVideoElement> {
    const video = this.part<HTMLVideoElement>("video") ?? document.createElement("video");
    video.srcObject = stream;
    video.muted = true;
    this.toggle(true);
    await video.play();
    return video;
  }

  private toggle(isOpen: boolean): void {
    for (const name of ["video", "stop"]) {
      const part = this.part(name);
      if (part) part.hidden = !isOpen;
    }
    const open = this.part("open");
    if (open) open.hidden = isOpen || !navigator.mediaDevices?.getUserMedia;
  }

  // Nothing checks the names: they count as read when two pictures agree.
  private async watch(stream: MediaStream, video: HTMLVideoElement, reader: Reader): Promise<void> {
    const started = performance.now();
    let before = "";
    while (this.stream === stream) {
      const found = video.videoWidth ? await reader.read(frame(video, video.videoWidth, video.videoHeight, 0)) : null;
      if (this.stream !== stream) return;
      const lines = found?.isProven ? found.lines.join("\n") : "";
      if (lines && lines === before) {
        this.put(lines);
        return this.stop("read");
      }
      before = lines || before;
      const waited = performance.now() - started;
      if (waited > LOOKS_MS) return this.stop("unread");
      if (waited > PATIENT_MS) this.say("unread");
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  private async photo(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file) return;
    this.stop("reading");
    this.photos += 1;
    const mine = this.photos;
    input.value = "";
    const ended = await this.told(file);
    // Another photograph was chosen meanwhile, or the camera opened.
    if (mine !== this.photos || this.stream) return;
    if (ended) this.put(ended.lines.join("\n"));
    this.say(ended === undefined ? "failed" : ended === null ? "unread" : ended.isProven ? "read" : "check");
  }

  // What stands in a file; undefined where it is no picture, or the files of the reader did not come.
  private async told(file: File): Promise<Found | null | undefined> {
    try {
      const picture = await createImageBitmap(file);
      const found = await best(await this.letters(), picture);
      picture.close();
      return found;
    } catch {
      return undefined;
    }
  }

  private put(lines: string): void {
    const field = this.part<HTMLTextAreaElement>("lines");
    if (!field) return;
    field.value = lines;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private stop(state: State): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    const video = this.part<HTMLVideoElement>("video");
    if (video) video.srcObject = null;
    this.toggle(false);
    this.say(state);
  }
}

// A photograph may lie on its side or head: the first way in which all check digits agree is the right one.
async function best(reader: Reader, picture: ImageBitmap): Promise<Found | null> {
  let kept: Found | null = null;
  for (const turn of TURNS) {
    const found = await reader.read(frame(picture, picture.width, picture.height, turn));
    if (found?.isProven) return found;
    if (found && unknown(found) < unknown(kept)) kept = found;
  }
  return kept;
}

// How many signs nobody could tell; lines that are mostly unknown are none.
function unknown(found: Found | null): number {
  return found ? found.lines.join("").split("?").length - 1 : 8;
}

function frame(picture: CanvasImageSource, wide: number, high: number, turn: number): Grey {
  const scale = Math.min(1, LARGEST / Math.max(wide, high));
  const [width, height] = [Math.round(wide * scale), Math.round(high * scale)];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = turn % 180 ? [height, width] : [width, height];
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((turn * Math.PI) / 180);
  pen.drawImage(picture, -width / 2, -height / 2, width, height);
  return greyOf(pen.getImageData(0, 0, canvas.width, canvas.height));
}
