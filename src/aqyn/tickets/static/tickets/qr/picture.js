// A code in a picture.

import { binarise, smooth } from "./bits.js";
import { findCorners } from "./corners.js";
import { decode } from "./decode.js";
import { squares } from "./grid.js";

// How the picture is looked at: as it is, then for noise, then for a code on something brighter than itself.
const WAYS = [
  { smoothed: 0, share: 1 / 12 },
  { smoothed: 2, share: 1 / 12 },
  { smoothed: 1, share: 1 / 26 },
];

/** The text of the code in the picture, or null. `grey`: one byte a pixel, row by row.
 *
 * `attempt`: a number that grows with each picture of the same scene; each is looked at in another way. */
export function readPicture(grey, width, height, attempt = 0) {
  const { smoothed, share } = WAYS[attempt % WAYS.length];
  let picture = grey;
  for (let n = 0; n < smoothed; n++) picture = smooth(picture, width, height);
  const bits = binarise(picture, width, height, share);
  for (const corners of findCorners(bits)) {
    for (const rows of squares(bits, corners)) {
      const text = decode(rows);
      if (text !== null) return text;
    }
  }
  return null;
}

/** One byte a pixel from the four of a canvas: how light it is to the eye (ITU-R BT.601). */
export function greyOf(rgba) {
  const grey = new Uint8Array(rgba.length / 4);
  for (let n = 0; n < grey.length; n++) {
    grey[n] = (rgba[n * 4] * 77 + rgba[n * 4 + 1] * 150 + rgba[n * 4 + 2] * 29) >> 8;
  }
  return grey;
}
