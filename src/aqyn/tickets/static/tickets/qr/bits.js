// A picture in black and white: dark where a pixel is darker than what is around it.

/** `grey`: one byte a pixel, row by row. Gives one byte a pixel: 1 where it is dark.
 *
 * `share`: how far around a pixel one looks, as a share of the picture: wide enough to hold more than the middle of
 * a corner mark of a code that fills it. */
export function binarise(grey, width, height, share) {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += grey[y * width + x];
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  }
  const dark = new Uint8Array(width * height);
  const reach = Math.max(8, Math.round(Math.min(width, height) * share));
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - reach);
    const foot = Math.min(height, y + reach + 1);
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - reach);
      const right = Math.min(width, x + reach + 1);
      const sum =
        sums[foot * (width + 1) + right] -
        sums[top * (width + 1) + right] -
        sums[foot * (width + 1) + left] +
        sums[top * (width + 1) + left];
      // A little darker than its surroundings: paper alone is noisy.
      dark[y * width + x] = grey[y * width + x] * (foot - top) * (right - left) < sum * 0.92 ? 1 : 0;
    }
  }
  return { dark, width, height };
}

/** Whether the pixel at these (broken) numbers is dark; outside all is light. */
export function isDark({ dark, width, height }, x, y) {
  const column = Math.round(x);
  const row = Math.round(y);
  return column >= 0 && row >= 0 && column < width && row < height && dark[row * width + column] === 1;
}

/** The picture with each pixel as the mean of the nine around it: what a sensor adds in the dark grows less. */
export function smooth(grey, width, height) {
  const rows = new Uint16Array(grey.length);
  for (let n = 1; n < grey.length - 1; n++) rows[n] = grey[n - 1] + grey[n] + grey[n + 1];
  const smoothed = new Uint8Array(grey);
  for (let n = width; n < grey.length - width; n++) {
    smoothed[n] = (rows[n - width] + rows[n] + rows[n + width]) / 9;
  }
  return smoothed;
}
