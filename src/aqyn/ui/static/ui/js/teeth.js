/* A share from 0 to 1 as felt teeth, as ui/drawing.py draws them: the same rules, so that nothing jumps. */
export function light(svg, share) {
  const n = svg.viewBox.baseVal.width / 20;
  let lit = Math.round(Math.min(1, Math.max(0, share)) * n);
  if (share > 0 && lit === 0) lit = 1;
  if (share < 1 && lit === n) lit = n - 1;
  const row = (from, to) => Array.from({ length: to - from }, (_, i) => `M${(from + i) * 20} 18l10-16 10 16z`).join('');
  svg.querySelector('.dim').setAttribute('d', row(lit, n));
  svg.querySelector('.lit').setAttribute('d', row(0, lit));
}

export function teeth(n = 30) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'teeth');
  svg.setAttribute('viewBox', `0 0 ${n * 20} 20`);
  svg.setAttribute('aria-hidden', 'true');
  for (const name of ['dim', 'lit']) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('class', name);
    svg.append(path);
  }
  light(svg, 0);
  return svg;
}
