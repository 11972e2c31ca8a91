/* Makes the text of an editor another one, line by line, so that the caret stays where it was in its line. */
export function join(editor, text) {
  const old = editor.value.split('\n'), now = text.split('\n');
  for (const [a, aEnd, b, bEnd] of hunks(old, now)) {
    // From the end, so that what is in front keeps its place. A line goes with the line end before it.
    const starts = place(old, a), ends = place(old, aEnd);
    const lines = now.slice(b, bEnd).map((line) => line + '\n').join('');
    const whole = aEnd === old.length;
    const from = whole && a > 0 ? starts - 1 : starts, to = whole ? editor.value.length : ends;
    const put = !whole ? lines : (a > 0 && bEnd > b ? '\n' : '') + now.slice(b, bEnd).join('\n');
    editor.setRangeText(put, Math.min(from, to), to, 'preserve');
  }
  if (editor.value !== text) editor.value = text;
}

function place(lines, n) {
  return lines.slice(0, n).reduce((sum, line) => sum + line.length + 1, 0);
}

/* [from, to, from, to] of the lines that differ, from the last to the first. */
function hunks(old, now) {
  let head = 0, tail = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const one = old.slice(head, old.length - tail), two = now.slice(head, now.length - tail);
  const row = Array.from({ length: one.length + 1 }, () => new Uint16Array(two.length + 1));
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = two.length - 1; j >= 0; j--) {
      row[i][j] = one[i] === two[j] ? row[i + 1][j + 1] + 1 : Math.max(row[i + 1][j], row[i][j + 1]);
    }
  }
  const found = [];
  let i = 0, j = 0, a = 0, b = 0;
  const close = () => { if (a < i || b < j) found.unshift([head + a, head + i, head + b, head + j]); };
  while (i < one.length || j < two.length) {
    if (i < one.length && j < two.length && one[i] === two[j]) {
      close();
      a = ++i;
      b = ++j;
    } else if (j === two.length || (i < one.length && row[i + 1][j] >= row[i][j + 1])) i++;
    else j++;
  }
  close();
  return found;
}
