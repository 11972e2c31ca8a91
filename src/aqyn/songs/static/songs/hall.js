/* The song over the whole screen, as in a hall: only the sung line, the next one, and the song's teeth along the foot.
   Where a browser gives no full screen (an iPhone), the page itself is filled: the button is never dead. */
const song = document.querySelector('aqyn-song');

if (song?.audio) {
  const foot = song.querySelector('.foot-teeth'), button = song.querySelector('[data-act=hall]');
  let idle = 0;

  const show = on => {
    if (song.classList.contains('hall') === on) return;
    song.classList.toggle('hall', on);
    document.documentElement.classList.toggle('in-hall', on);
    button?.setAttribute('aria-pressed', on);
    if (on && !foot.firstChild) foot.append(teeth());
    stir();
    song.tell('hall', on);
  };

  const stir = () => {
    song.classList.remove('idle');
    clearTimeout(idle);
    if (song.classList.contains('hall')) idle = setTimeout(() => song.classList.add('idle'), 2500);
  };

  const enter = async () => {
    try { await song.requestFullscreen({ navigationUI: 'hide' }); } catch { show(true); }
  };
  const leave = async () => {
    if (document.fullscreenElement) await document.exitFullscreen(); else show(false);
  };

  song.hear('ask-hall', () => song.classList.contains('hall') ? leave() : enter());
  document.addEventListener('fullscreenchange', () => show(document.fullscreenElement === song));
  document.addEventListener('keydown', event => { if (event.key === 'Escape' && song.classList.contains('hall')) leave(); });
  for (const name of ['pointermove', 'pointerdown', 'keydown', 'focusin']) song.addEventListener(name, stir, { passive: true });
  song.audio.addEventListener('timeupdate', () => {
    const lit = foot.querySelector('.lit');
    if (lit) lit.style.transform = `scaleX(${(song.audio.currentTime / (song.audio.duration || Infinity)).toFixed(4)})`;
  });
}

/* The song's loudness as felt teeth, read back from the waveform that the server drew. */
function teeth() {
  const bars = [...document.querySelectorAll('.still rect')].map(bar => Number(bar.getAttribute('height')));
  const tallest = Math.max(...bars, 1), pitch = 1000 / bars.length;
  const path = bars.map((bar, i) => `M${(i * pitch).toFixed(1)} 40l${(pitch / 2).toFixed(1)} ${(-6 - 34 * bar / tallest).toFixed(1)} ${(pitch / 2).toFixed(1)} ${(6 + 34 * bar / tallest).toFixed(1)}z`).join('');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 1000 40');
  svg.setAttribute('preserveAspectRatio', 'none');
  const make = (name, marks, parent) => { const e = document.createElementNS(svg.namespaceURI, name); for (const m in marks) e.setAttribute(m, marks[m]); parent.append(e); return e; };
  const clip = make('clipPath', { id: 'foot-teeth' }, make('defs', {}, svg));
  make('path', { d: path }, clip);
  const all = make('g', { 'clip-path': 'url(#foot-teeth)' }, svg);
  make('rect', { class: 'dim', width: 1000, height: 40 }, all);
  make('rect', { class: 'lit', width: 1000, height: 40 }, all);
  return svg;
}
