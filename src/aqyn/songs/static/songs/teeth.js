/* A song's loudness as a row of felt teeth along the foot of a screen, lit as far as `.lit` is scaled. */

/** An SVG of one tooth for each level: the louder, the taller. */
export function teeth(levels) {
  const loudest = Math.max(...levels, 1), half = 500 / levels.length;
  const path = levels.map((level, i) => {
    const tall = 6 + 34 * level / loudest;
    return `M${(i * half * 2).toFixed(2)} 40l${half.toFixed(2)} ${-tall.toFixed(1)} ${half.toFixed(2)} ${tall.toFixed(1)}z`;
  }).join('');
  const svg = make('svg', { viewBox: '0 0 1000 40', preserveAspectRatio: 'none' });
  make('path', { d: path }, make('clipPath', { id: 'foot-teeth' }, make('defs', {}, svg)));
  const all = make('g', { 'clip-path': 'url(#foot-teeth)' }, svg);
  for (const name of ['dim', 'lit']) make('rect', { class: name, width: 1000, height: 40 }, all);
  return svg;
}

function make(name, marks, parent) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const mark in marks) element.setAttribute(mark, marks[mark]);
  parent?.append(element);
  return element;
}
