// The screens before a device is open: it is set up, or it asks for its PIN.
import { Refused } from "./api";
import { fault, part, submitted, write } from "./parts";
import type { Unlocked } from "./pin";
import type { Post, ScreenOf } from "./post";

export class SetUp implements ScreenOf {
  private readonly form: HTMLFormElement;
  private readonly go: HTMLButtonElement;

  constructor(private readonly post: Post) {
    this.form = part(post.root, "[data-form=setup]");
    this.go = part(this.form, "[data-setup-go]");
    submitted(this.form, (fields) => void this.enrol(fields));
  }

  shown(): void {
    const { state, speech, root } = this.post;
    const [title, sentence] = speech.pair("troubles", "dropped", { n: state.lost });
    part(root, "[data-setup-before]").hidden = !state.isDropped;
    part(root, "[data-setup-before-title]").textContent = title;
    part(root, "[data-setup-before-said]").textContent = sentence;
  }

  private async enrol({ name = "", gate = "", pin = "", again = "" }: Record<string, string>): Promise<void> {
    const { speech, device, csrf } = this.post;
    const lacks = !name.trim() ? "name" : !gate ? "gate" : "";
    if (lacks) return fault(this.form, speech.say("enrol", lacks), lacks);
    if (pin !== again) return fault(this.form, speech.say("pin", "differ"), "again");
    fault(this.form, "");
    this.go.disabled = true;
    this.post.murmur(speech.say("enrol", "working"));
    try {
      const wrong = await device.enrol({ name: name.trim(), gate, pin, csrf });
      if (wrong) return fault(this.form, speech.say("pin", wrong), "pin");
      this.form.reset();
      this.post.memory.forget();
      this.post.memory.keep({ gate });
      this.post.opened();
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      fault(this.form, speech.say("enrol", refused.fault) || speech.say("enrol", "strange"));
    } finally {
      this.go.disabled = false;
    }
  }
}

export class Pin implements ScreenOf {
  private readonly form: HTMLFormElement;
  private readonly typed: HTMLInputElement;
  private readonly said: HTMLElement;
  private isTrying = false;

  constructor(private readonly post: Post) {
    const { root } = post;
    this.form = part(root, "[data-form=pin]");
    this.typed = part(this.form, "[name=pin]");
    this.said = part(root, "[data-pin-said]");
    for (const key of this.form.querySelectorAll<HTMLElement>("[data-digit]")) key.addEventListener("click", (event) => this.type(key.dataset.digit ?? "", event));
    part(this.form, "[data-act=pin-back]").addEventListener("click", (event) => this.type(null, event));
    submitted(this.form, ({ pin }) => void this.unlock(pin ?? ""));
  }

  shown(): void {
    this.typed.value = "";
    write(this.said, "");
    this.typed.focus();
  }

  private type(digit: string | null, { detail }: MouseEvent): void {
    // Who taps may go on with the keys; who walks through the buttons by keyboard stays on them.
    if (detail) this.typed.focus();
    this.typed.value = digit === null ? this.typed.value.slice(0, -1) : this.typed.value + digit;
    this.post.murmur(this.post.speech.say("pin", "entered", { n: this.typed.value.length }));
  }

  private async unlock(pin: string): Promise<void> {
    if (this.isTrying || !pin) return;
    this.isTrying = true;
    this.form.setAttribute("aria-busy", "true");
    try {
      this.answered(await this.post.device.unlock(pin));
    } finally {
      this.isTrying = false;
      this.form.removeAttribute("aria-busy");
    }
  }

  private answered(unlocked: Unlocked): void {
    this.typed.value = "";
    if (unlocked.kind === "open") return this.post.opened();
    // What was erased is told by the device itself.
    if (unlocked.kind !== "wrong") return;
    navigator.vibrate?.(200);
    write(this.said, this.post.speech.say("pin", "wrong", { n: unlocked.left }));
    this.typed.focus();
  }
}
