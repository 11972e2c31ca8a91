/* <aqyn-hall>: the song over the whole screen: the sung line, the next one, and the song's teeth along the foot, which
   this element is. Where a browser gives no full screen (an iPhone), the page itself is filled: no dead button. */
class AqynHall extends HTMLElement {
  #idle = 0;

  connectedCallback() {
    const song = this.song = this.closest('aqyn-song');
    song.hear('ask-hall', () => song.classList.contains('hall') ? this.#leave() : this.#enter());
    document.addEventListener('fullscreenchange', () => this.#show(document.fullscreenElement === song));
    document.addEventListener('keydown', event => { if (event.key === 'Escape' && song.classList.contains('hall')) this.#leave(); });
    for (const name of ['pointermove', 'pointerdown', 'keydown', 'focusin']) song.addEventListener(name, () => this.#stir(), { passive: true });
    song.audio.addEventListener('timeupdate', () => this.#light());
  }

  async #enter() {
    try { await this.song.requestFullscreen({ navigationUI: 'hide' }); } catch { this.#show(true); }
  }

  async #leave() {
    if (document.fullscreenElement) await document.exitFullscreen(); else this.#show(false);
  }

  #show(on) {
    if (this.song.classList.contains('hall') === on) return;
    this.song.classList.toggle('hall', on);
    document.documentElement.classList.toggle('in-hall', on);
    if (on && !this.firstChild) this.append(teeth(this.song));
    this.#light();
    this.#stir();
    this.song.tell('hall', on);
  }

  /* The controls leave when nobody asks for them. */
  #stir() {
    this.song.classList.remove('idle');
    clearTimeout(this.#idle);
    if (this.song.classList.contains('hall')) this.#idle = setTimeout(() => this.song.classList.add('idle'), 2500);
  }

  #light() {
    const lit = this.querySelector('.lit'), { audio } = this.song;
    if (lit) lit.style.transform = `scaleX(${(audio.currentTime / (audio.duration || Infinity)).toFixed(4)})`;
  }
}

/* The song's loudness as felt teeth, read back from the waveform that the server drew. */
function teeth(song) {
  const bars = [...song.querySelectorAll('.still rect')].map(bar => Number(bar.getAttribute('height')));
  const tallest = Math.max(...bars, 1), half = 500 / bars.length;
  const path = bars.map((bar, i) => `M${i * half * 2} 40l${half} ${-6 - 34 * bar / tallest} ${half} ${6 + 34 * bar / tallest}z`).join('');
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
customElements.define('aqyn-hall', AqynHall);
