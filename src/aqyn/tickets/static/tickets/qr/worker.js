// Reads pictures beside the page, which goes on answering the thumb meanwhile.

import { greyOf, readPicture } from "./picture.js";

let attempt = 0;

addEventListener("message", ({ data: { rgba, width, height } }) => {
  postMessage(readPicture(greyOf(new Uint8ClampedArray(rgba)), width, height, attempt++));
});
