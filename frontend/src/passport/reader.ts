// Reads the lines in a picture: found and parted here, their letters told by tesseract.js, which runs in a worker.
// All that it needs lies among our own files and is fetched when the first picture comes; nothing is sent anywhere.
import data from "@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz?url";
import { createWorker, OEM, PSM, type Page, type Worker } from "tesseract.js";
import plainCore from "tesseract.js-core/tesseract-core-lstm.wasm.js?url";
import core from "tesseract.js-core/tesseract-core-simd-lstm.wasm.js?url";
import worker from "tesseract.js/dist/worker.min.js?url";

import { rereadLines } from "./alike";
import { stripOf } from "./cells";
import { findLines } from "./find";
import { calmed, type Grey } from "./pixels";
import { type Found, read } from "./read";
import { type Kind, linesOf, pgm, type Seen, type Sheet, sheetsOf } from "./sheet";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS = "0123456789";
const SIGNS: Record<Kind, string> = { letters: LETTERS, digits: DIGITS, either: LETTERS + DIGITS };
// The smallest module with vector instructions: a browser that takes it can run the faster core.
const VECTORS = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

export class Reader {
  private constructor(private readonly worker: Worker) {}

  static open(): Promise<Reader> {
    const path = WebAssembly.validate(Uint8Array.from(VECTORS)) ? core : plainCore;
    return new Promise((resolve, reject) => {
      createWorker("eng", OEM.LSTM_ONLY, {
        workerPath: absolute(worker),
        corePath: absolute(path),
        // A name is put behind this address; behind a question mark it changes nothing.
        langPath: `${absolute(data)}?`,
        workerBlobURL: false,
        cacheMethod: "none",
        errorHandler: reject,
      }).then((made) => resolve(new Reader(made)), reject);
    });
  }

  // What stands in the picture; null where nothing in it looks like such lines. Where a dark room's noise is in the
  // way, a softer picture may say more.
  async read(grey: Grey): Promise<Found | null> {
    const found = await this.attempt(grey);
    if (found?.isProven) return found;
    const softer = await this.attempt(calmed(grey));
    return softer?.isProven ? softer : (found ?? softer);
  }

  private async attempt(grey: Grey): Promise<Found | null> {
    const strips = findLines(grey).map((box) => stripOf(grey, box));
    const sheets = sheetsOf(strips);
    if (!sheets.length) return null;
    const told: [Sheet, Seen[]][] = [];
    for (const sheet of sheets) told.push([sheet, await this.seen(sheet)]);
    return read(rereadLines(linesOf(strips, told), strips));
  }

  private async seen(sheet: Sheet): Promise<Seen[]> {
    const mode = sheet.rows.length > 1 ? PSM.SINGLE_BLOCK : PSM.SINGLE_LINE;
    await this.worker.setParameters({ tessedit_char_whitelist: SIGNS[sheet.kind], tessedit_pageseg_mode: mode });
    const { data: page } = await this.worker.recognize(new Blob([pgm(sheet.grey)]), {}, { blocks: true, text: false });
    return symbols(page);
  }
}

function absolute(path: string): string {
  return new URL(path, document.baseURI).href;
}

function symbols(page: Page): Seen[] {
  const words = (page.blocks ?? []).flatMap((block) => block.paragraphs).flatMap((paragraph) => paragraph.lines).flatMap((line) => line.words);
  return words
    .flatMap((word) => word.symbols)
    .map(({ text, bbox }) => ({ text, x: (bbox.x0 + bbox.x1) / 2, y: (bbox.y0 + bbox.y1) / 2 }));
}
