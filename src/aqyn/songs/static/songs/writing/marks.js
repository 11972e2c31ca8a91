/* A line as it is typed, in pieces that are drawn in their own way: headings, chords, braces, the part that rhymes.
   Joined they are the line. */
const HEADING = /^\s*\[[^[\]{}]{1,120}\]\s*$/;
const MARK = /(\[[^[\]{}\s]{1,20}\])|\{[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*:|\}/g;

export function pieces(line, part) {
  if (HEADING.test(line)) return [['heading', line]];
  const marks = Array.from(line.matchAll(MARK), (m) => [m.index, m.index + m[0].length, m[1] ? 'chord' : 'brace']);
  if (part) marks.push([...part, 'part']);
  const cuts = [...new Set([0, line.length, ...marks.flatMap(([from, to]) => [from, to])])].sort((a, b) => a - b);
  return cuts.slice(1).map((to, i) => {
    const names = marks.filter((mark) => mark[0] <= cuts[i] && mark[1] >= to).map((mark) => mark[2]);
    return [names.join(' '), line.slice(cuts[i], to)];
  });
}
