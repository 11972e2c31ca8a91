/* Makes a text as large as the reader asks and the screen bears: no word is cut or broken, no line runs out. */
const SIZES = [1, 0.9, 0.81, 0.73, 0.66, 0.59, 0.53, 0.48, 0.43, 0.39, 0.35, 0.31];
const WITH_NEXT = 0.59;   // below that the next line gives its room to the sung one
const WHOLE = 0.66;       // where lines had rather stay whole, down to this

/** Sets `--fit` on `box`, and hides the next line where both do not fit. Lays out: once for each line. In a room with
    `data-whole` a line is rather set smaller than broken, as far as that goes. */
export function fit(box, room) {
  box.classList.remove('alone');
  if (room.hasAttribute('data-whole')) {
    box.classList.add('whole');
    if (fits(box, room, 1)) return;
    const size = Math.floor(100 / Math.max(wide(box) / width(room), box.scrollHeight / room.clientHeight)) / 100;
    if (size >= WHOLE && fits(box, room, size)) return;
    box.classList.remove('whole');
  }
  for (const size of SIZES) {
    if (size < WITH_NEXT) break;
    if (fits(box, room, size)) return;
  }
  box.classList.add('alone');
  for (const size of SIZES) if (fits(box, room, size)) return;
}

function fits(box, room, size) {
  box.style.setProperty('--fit', size);
  return box.scrollHeight <= room.clientHeight && wide(box) <= width(room);
}

function width(room) {
  const { paddingLeft, paddingRight } = getComputedStyle(room);
  return room.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
}

/* Row by row: one that is read from the right runs out at the left, which the box does not notice. What is on its way out
   does not count. */
function wide(box) {
  const rows = [...box.querySelectorAll('.row:not(.gone .row)')];
  return rows.length ? Math.max(...rows.map(row => row.scrollWidth)) : box.scrollWidth;
}
