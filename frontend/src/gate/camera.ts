// The camera at the gate: the middle of its picture goes to the worker that reads codes, at most fifteen times a second.
import { Repeats } from "./repeats";
import type { FoundCode, Frame } from "./scan-worker";

export type CameraState = "off" | "opening" | "looking" | "refused" | "none" | "failed";

export const PAUSE_MS = 1000 / 15;
const LARGEST_PX = 600;
const MIDDLE = 0.85;
const PATIENCE_MS = 4_000;

// The square in the middle of a picture, and to which size it is brought.
export function middle(width: number, height: number): { x: number; y: number; side: number; size: number } {
  const side = Math.floor(Math.min(width, height) * MIDDLE);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), side, size: Math.min(side, LARGEST_PX) };
}

type Torch = MediaTrackConstraintSet & { torch?: boolean };

export class Camera {
  state: CameraState = "off";
  private stream: MediaStream | null = null;
  private worker: Worker | null = null;
  private readonly repeats = new Repeats();
  private readonly canvas = document.createElement("canvas");
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sent = 0;
  private sentAt = 0;
  private isWaiting = false;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly told: { state(state: CameraState): void; read(text: string, takenAt: number): void },
  ) {}

  get isOpen(): boolean {
    return this.stream !== null;
  }

  async open(): Promise<void> {
    if (this.stream || this.state === "opening") return;
    this.say("opening");
    try {
      const media = navigator.mediaDevices;
      if (!media?.getUserMedia) throw new DOMException("", "NotFoundError");
      this.stream = await media.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
    } catch (fault) {
      return this.close(isRefusal(fault) ? "refused" : "none");
    }
    await this.begin(this.stream);
  }

  close(state: CameraState = "off"): void {
    clearTimeout(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
    this.video.hidden = true;
    this.worker?.terminate();
    this.worker = null;
    this.isWaiting = false;
    this.say(state);
  }

  // Some browsers stop a picture that is not on the screen.
  resume(): void {
    if (this.stream && this.video.paused) void this.video.play().catch(() => undefined);
  }

  // The same code counts at once again: the officer has put it aside.
  forget(): void {
    this.repeats.forget();
  }

  get hasTorch(): boolean {
    const track = this.stream?.getVideoTracks()[0];
    return Boolean(track?.getCapabilities && (track.getCapabilities() as { torch?: boolean }).torch);
  }

  async light(isOn: boolean): Promise<void> {
    const track = this.stream?.getVideoTracks()[0];
    await track?.applyConstraints({ advanced: [{ torch: isOn } as Torch] }).catch(() => undefined);
  }

  private say(state: CameraState): void {
    this.state = state;
    this.told.state(state);
  }

  private async begin(stream: MediaStream): Promise<void> {
    for (const track of stream.getTracks()) track.addEventListener("ended", () => this.stream === stream && this.close("failed"));
    try {
      this.worker = new Worker(new URL("./scan-worker.ts", import.meta.url), { type: "module" });
      this.worker.addEventListener("message", (event: MessageEvent<FoundCode>) => this.heard(event.data));
      this.worker.addEventListener("error", () => this.stream === stream && this.close("failed"));
      this.video.srcObject = stream;
      this.video.hidden = false;
      await this.video.play();
    } catch {
      if (this.stream === stream) this.close("failed");
      return;
    }
    if (this.stream === stream) this.say("looking");
  }

  private heard({ id, text }: FoundCode): void {
    this.isWaiting = false;
    if (id >= 0 && text && this.repeats.isNew(text, performance.now())) this.told.read(text, this.sentAt);
    const rest = Math.max(0, PAUSE_MS - (performance.now() - this.sentAt));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), rest);
  }

  private look(): void {
    if (!this.stream || !this.worker || document.hidden) return this.later();
    const { videoWidth, videoHeight } = this.video;
    if (!videoWidth || this.isWaiting) return this.later();
    const frame = this.frame(videoWidth, videoHeight);
    if (!frame) return this.later();
    [this.isWaiting, this.sentAt] = [true, performance.now()];
    this.worker.postMessage(frame, [frame.pixels]);
  }

  private later(): void {
    if (!this.stream) return;
    // A frame that never comes back is not waited for.
    if (this.isWaiting && performance.now() - this.sentAt > PATIENCE_MS) this.isWaiting = false;
    this.timer = setTimeout(() => this.look(), PAUSE_MS);
  }

  private frame(width: number, height: number): Frame | null {
    const { x, y, side, size } = middle(width, height);
    if (this.canvas.width !== size) [this.canvas.width, this.canvas.height] = [size, size];
    const pen = this.canvas.getContext("2d", { willReadFrequently: true });
    pen?.drawImage(this.video, x, y, side, side, 0, 0, size, size);
    const pixels = pen?.getImageData(0, 0, size, size).data.buffer;
    return pixels ? { id: this.sent++, width: size, height: size, pixels: pixels as ArrayBuffer } : null;
  }
}

function isRefusal(fault: unknown): boolean {
  return fault instanceof DOMException && (fault.name === "NotAllowedError" || fault.name === "SecurityError");
}
