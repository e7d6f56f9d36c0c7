// A photo made small on the phone before it is kept or sent; drawn anew, it carries no place and no camera.
export interface Size {
  width: number;
  height: number;
}

export const MOST_SIDE = 1600;
const QUALITY = 0.82;

// Never larger than it is.
export function fitted(picture: Size, most: number): Size {
  const scale = Math.min(1, most / Math.max(picture.width, picture.height, 1));
  return { width: Math.max(1, Math.round(picture.width * scale)), height: Math.max(1, Math.round(picture.height * scale)) };
}

// null: no picture that this browser opens.
export async function reduced(file: Blob): Promise<ArrayBuffer | null> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return null;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, fitted(picture, MOST_SIDE));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return made ? made.arrayBuffer() : null;
}

// Shown by drawing: the content policy lets pictures come from the site alone.
export async function preview(photo: ArrayBuffer, canvas: HTMLCanvasElement): Promise<void> {
  const picture = await createImageBitmap(new Blob([photo], { type: "image/jpeg" }));
  const side = fitted(picture, 160);
  Object.assign(canvas, side);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, side.width, side.height);
  picture.close();
  canvas.hidden = false;
}
