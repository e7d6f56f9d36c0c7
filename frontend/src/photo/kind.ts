// What a chosen file is, before it is sent: the server looks again and has the last word.
export type Kind = "jpeg" | "png" | "webp" | "heic" | "";
export type Trouble = "empty" | "large" | "heic" | "none" | "";

const HEIC = ["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"];

function letters(start: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...start.slice(from, to));
}

export function kindOf(start: Uint8Array): Kind {
  if (start[0] === 0xff && start[1] === 0xd8 && start[2] === 0xff) return "jpeg";
  if (start[0] === 0x89 && letters(start, 1, 4) === "PNG") return "png";
  if (letters(start, 0, 4) === "RIFF" && letters(start, 8, 12) === "WEBP") return "webp";
  if (letters(start, 4, 8) === "ftyp" && HEIC.includes(letters(start, 8, 12))) return "heic";
  return "";
}

export function troubleOf(kind: Kind, bytes: number, mostBytes: number): Trouble {
  if (bytes === 0) return "empty";
  if (mostBytes > 0 && bytes > mostBytes) return "large";
  if (kind === "heic") return "heic";
  return kind === "" ? "none" : "";
}

export function megabytes(bytes: number): string {
  // Upwards, so that what is a little too large is never told as being as large as may be.
  const parts = bytes < 1_000_000 ? 100 : 10;
  return String(Math.ceil((bytes * parts) / 1_000_000) / parts);
}

export function filled(words: string, values: Record<string, string | number>): string {
  return words.replace(/%\((\w+)\)[sd]/g, (whole, name: string) => String(values[name] ?? whole));
}
