// Grey pictures: made from a camera's colours, shrunk, parted into ink and paper, turned upright.
export interface Grey {
  width: number;
  height: number;
  data: Uint8Array;
}

export function greyOf(rgba: { width: number; height: number; data: ArrayLike<number> }): Grey {
  const data = new Uint8Array(rgba.width * rgba.height);
  for (let at = 0, from = 0; at < data.length; at += 1, from += 4) {
    data[at] = (at4(rgba.data, from) * 299 + at4(rgba.data, from + 1) * 587 + at4(rgba.data, from + 2) * 114) / 1000;
  }
  return { width: rgba.width, height: rgba.height, data };
}

function at4(data: ArrayLike<number>, place: number): number {
  return data[place] ?? 0;
}

// Each pixel of the smaller picture is the mean of those that it covers.
export function shrunk(grey: Grey, width: number): Grey {
  if (grey.width <= width) return grey;
  const ratio = grey.width / width;
  const height = Math.floor(grey.height / ratio);
  const sums = summed(grey);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const top = Math.floor(y * ratio);
    const bottom = Math.max(top + 1, Math.floor((y + 1) * ratio));
    for (let x = 0; x < width; x += 1) {
      const left = Math.floor(x * ratio);
      const right = Math.max(left + 1, Math.floor((x + 1) * ratio));
      data[y * width + x] = sumIn(sums, grey.width, left, top, right, bottom) / ((right - left) * (bottom - top));
    }
  }
  return { width, height, data };
}

function summed(grey: Grey): Float64Array {
  const stride = grey.width + 1;
  const sums = new Float64Array(stride * (grey.height + 1));
  for (let y = 0; y < grey.height; y += 1) {
    let row = 0;
    for (let x = 0; x < grey.width; x += 1) {
      row += grey.data[y * grey.width + x]!;
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row;
    }
  }
  return sums;
}

function sumIn(sums: Float64Array, width: number, left: number, top: number, right: number, bottom: number): number {
  const stride = width + 1;
  return sums[bottom * stride + right]! - sums[top * stride + right]! - sums[bottom * stride + left]! + sums[top * stride + left]!;
}

// Each pixel is the mean of the nine around it: the noise of a dark room goes, strokes stay.
export function calmed(grey: Grey): Grey {
  const { width, height } = grey;
  const sums = summed(grey);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - 1);
    const bottom = Math.min(height, y + 2);
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(0, x - 1);
      const right = Math.min(width, x + 2);
      data[y * width + x] = sumIn(sums, width, left, top, right, bottom) / ((right - left) * (bottom - top));
    }
  }
  return { width, height, data };
}

// Ink is what is darker than the mean around it by a share: light from one side does not matter then.
const LEAST = 12;

export function inked(grey: Grey, radius: number, share: number): Uint8Array {
  const { width, height, data } = grey;
  const sums = summed(grey);
  const ink = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - radius);
    const bottom = Math.min(height, y + radius + 1);
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(0, x - radius);
      const right = Math.min(width, x + radius + 1);
      const mean = sumIn(sums, width, left, top, right, bottom) / ((right - left) * (bottom - top));
      ink[y * width + x] = data[y * width + x]! < Math.min(mean * share, mean - LEAST) ? 1 : 0;
    }
  }
  return ink;
}

export interface Box {
  x: number;
  y: number;
  // Of the middle of the box; a line runs along `slope` through it.
  slope: number;
  width: number;
  height: number;
}

// The box turned upright, so large that its height has so many pixels.
export function upright(grey: Grey, box: Box, height: number): Grey {
  const ratio = box.height / height;
  const width = Math.max(1, Math.round(box.width / ratio));
  const angle = Math.atan(box.slope);
  const cos = Math.cos(angle) * ratio;
  const sin = Math.sin(angle) * ratio;
  const data = new Uint8Array(width * height);
  for (let v = 0; v < height; v += 1) {
    for (let u = 0; u < width; u += 1) {
      const right = u + 0.5 - width / 2;
      const down = v + 0.5 - height / 2;
      data[v * width + u] = between(grey, box.x + right * cos - down * sin - 0.5, box.y + right * sin + down * cos - 0.5);
    }
  }
  return { width, height, data };
}

function between(grey: Grey, x: number, y: number): number {
  const left = Math.min(Math.max(Math.floor(x), 0), grey.width - 2);
  const top = Math.min(Math.max(Math.floor(y), 0), grey.height - 2);
  const over = Math.min(Math.max(x - left, 0), 1);
  const under = Math.min(Math.max(y - top, 0), 1);
  const at = top * grey.width + left;
  const upper = grey.data[at]! * (1 - over) + grey.data[at + 1]! * over;
  const lower = grey.data[at + grey.width]! * (1 - over) + grey.data[at + grey.width + 1]! * over;
  return upper * (1 - under) + lower * under;
}
