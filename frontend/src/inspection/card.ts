// One line of the checklist on the page: what stands there, what waits on this phone, and its form.
import { preview, reduced } from "./photo";
import type { Draft, Kept, Line, Result } from "./shape";

export interface Said {
  (name: string, values?: Record<string, string | number>): string;
}

export class Card {
  readonly slug: string;
  private readonly form: HTMLFormElement | null;
  private readonly text: HTMLTextAreaElement | null;
  private readonly file: HTMLInputElement | null;
  private photo: ArrayBuffer | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly said: Said,
    private readonly photos: string,
  ) {
    this.slug = root.dataset.line ?? "";
    this.form = root.querySelector("form");
    this.text = root.querySelector("textarea");
    this.file = root.querySelector("input[type=file]");
  }

  get words(): string {
    return this.part("[data-words]")?.textContent?.trim() ?? "";
  }

  get draft(): Draft {
    return { found: this.text?.value ?? "", photo: this.photo };
  }

  onAnswer(told: (result: Result) => void): void {
    this.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      const result = ((event as SubmitEvent).submitter as HTMLButtonElement | null)?.value as Result | undefined;
      if (result) told(result);
    });
  }

  onType(told: () => void): void {
    let bell = 0;
    this.text?.addEventListener("input", () => {
      clearTimeout(bell);
      bell = window.setTimeout(told, 300);
    });
    this.file?.addEventListener("change", () => void this.take().then(told));
  }

  // Made small at once: a phone may close the page while its camera is open, and the photo is kept by then.
  private async take(): Promise<void> {
    const file = this.file?.files?.[0];
    if (!file) return;
    const photo = await reduced(file);
    if (this.file) this.file.value = "";
    this.fault(photo ? "" : "no-picture");
    await this.show(photo);
  }

  async bring(draft: Draft): Promise<void> {
    if (this.text && !this.text.value) this.text.value = draft.found;
    if (draft.photo) await this.show(draft.photo);
  }

  private async show(photo: ArrayBuffer | null): Promise<void> {
    this.photo = photo;
    const canvas = this.root.querySelector<HTMLCanvasElement>("[data-preview]");
    if (canvas) canvas.hidden = true;
    if (photo && canvas) await preview(photo, canvas).catch(() => undefined);
  }

  // It is kept: the form is ready for the next time.
  clear(): void {
    if (this.text) this.text.value = "";
    this.fault("");
    void this.show(null);
  }

  fault(name: string): void {
    const place = this.part("[data-fault]");
    if (place) place.textContent = name ? this.said(name) : "";
    if (name) this.text?.setAttribute("aria-invalid", "true");
    else this.text?.removeAttribute("aria-invalid");
    if (name === "found-missing") this.text?.focus();
  }

  shut(isShut: boolean): void {
    if (this.form) this.form.hidden = isShut;
  }

  // What the server has, or over it what waits here.
  stand(line: Line, waiting: Kept | undefined): void {
    const { result, found } = waiting ?? line;
    this.root.className = `walkcard is-${result}`;
    const tag = this.part("[data-result]");
    if (tag) {
      tag.textContent = this.said(result);
      tag.className = `tag is-${result}`;
    }
    this.put("[data-found]", found);
    this.byline(waiting ? null : line);
    const waits = this.part("[data-waits]");
    if (!waits) return;
    waits.hidden = !waiting;
    waits.textContent = waiting ? this.said(waiting.fault ? `line-${waiting.fault}` : "line-waits") + (waiting.photo ? ` · ${this.said("photo")}` : "") : "";
    waits.classList.toggle("is-refused", Boolean(waiting?.fault));
  }

  private byline(line: Line | null): void {
    const place = this.part("[data-by]");
    if (!place) return;
    place.replaceChildren();
    if (line?.by) {
      const name = document.createElement("bdi");
      name.textContent = line.by;
      place.append(name, ` · ${line.at_words}`);
    }
    this.shot(line?.photo ?? "");
  }

  private shot(photo: string): void {
    let link = this.root.querySelector<HTMLAnchorElement>("[data-shot]");
    if (!photo) return link?.remove();
    if (!link) {
      link = document.createElement("a");
      link.dataset.shot = "";
      link.textContent = this.said("photo");
      this.part("[data-found]")?.after(link);
    }
    link.href = `${this.photos}${photo}/`;
  }

  // Where somebody decides about an answer that was not taken.
  decide(node: Node | null): void {
    this.part("[data-decided]")?.replaceChildren(...(node ? [node] : []));
  }

  private put(selector: string, words: string): void {
    const place = this.part(selector);
    if (place) place.textContent = words;
  }

  private part(selector: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(selector);
  }
}
