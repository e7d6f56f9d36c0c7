// Looks for the code of a pass in a frame, beside the page, so that the picture of the camera never stands still.
import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

export interface Frame {
  id: number;
  width: number;
  height: number;
  pixels: ArrayBuffer;
}

export interface FoundCode {
  id: number; // -1: the reader is ready
  text: string;
  ms: number;
}

const LOOKED_FOR: ReaderOptions = { formats: ["QRCode"], tryHarder: true, tryRotate: false, tryInvert: false, tryDownscale: true, maxNumberOfSymbols: 1 };

const ready = prepareZXingModule({
  overrides: { locateFile: () => new URL(wasm, import.meta.url).href },
  fireImmediately: true,
});

ready.then(
  () => tell({ id: -1, text: "", ms: 0 }),
  // The page hears of it as an error of its worker.
  (fault: unknown) => setTimeout(() => { throw fault; }),
);

self.addEventListener("message", (event: MessageEvent<Frame>) => void look(event.data));

async function look({ id, width, height, pixels }: Frame): Promise<void> {
  const began = performance.now();
  const image = new ImageData(new Uint8ClampedArray(pixels), width, height);
  const [code] = await readBarcodes(image, LOOKED_FOR).catch(() => []);
  tell({ id, text: code?.isValid ? code.text : "", ms: performance.now() - began });
}

function tell(found: FoundCode): void {
  self.postMessage(found);
}
