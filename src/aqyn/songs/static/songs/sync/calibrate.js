/* Clicks to tap along with: how late this device, and this hand, hears a tap. */
import { APART, CLICKS, measured } from './tap.js';

const LEAD = 900, TAIL = 400, PITCH = 1200, LENGTH = .04;   // ms before the first click, and for the last tap; Hz; s

export class Calibration {
  clicks = []; #dialog; #tapping; #say; #done; #taps = []; #timer = 0; #context = null; #found = null;

  constructor(dialog, tapping, say, done) {
    this.#dialog = dialog;
    this.#tapping = tapping;
    this.#say = say;
    this.#done = done;
    dialog.addEventListener('click', event => this.#press(event.target.closest('button')?.value));
    dialog.querySelector('.pad').addEventListener('pointerdown', event => this.#tap(event));
    dialog.addEventListener('keydown', event => {
      if (event.repeat || !this.clicks.length || (event.code !== 'Space' && event.code !== 'KeyT')) return;
      event.preventDefault();
      this.#tap(event);
    });
    // Where the space bar taps, letting it go presses no button.
    dialog.addEventListener('keyup', event => { if (event.code === 'Space' && this.clicks.length) event.preventDefault(); });
    dialog.addEventListener('close', () => this.#stop());
  }

  #press(value) {
    if (value === 'start') this.#start();
    if (value === 'keep' && this.#found) { this.#tapping.keep(this.#found); this.#done(); this.#dialog.close(); }
    if (value === 'forget') { this.#tapping.keep(null); this.#done(); this.#dialog.close(); }
    if (value === 'skip') this.#dialog.close();
  }

  async #start() {
    this.#stop();
    this.#tell('listening');
    const context = this.#context = new AudioContext();
    await context.resume();
    if (this.#context !== context) return;
    const first = context.currentTime + LEAD / 1000, heard = heardAt(context);
    this.clicks = Array.from({ length: CLICKS }, (_, n) => {
      const at = first + n * APART / 1000;
      click(context, at, n === 0 ? PITCH * 1.25 : PITCH);
      return heard(at);
    });
    this.#dialog.querySelector('.pad').focus();
    this.#timer = setTimeout(() => this.#over(), LEAD + (CLICKS - 1) * APART + TAIL);
  }

  #tap(event) {
    if (!this.clicks.length || event.button) return;
    this.#taps.push(event.timeStamp);
    this.#dialog.querySelector('.count').textContent = this.#taps.length;
  }

  #over() {
    this.#found = measured(this.clicks, this.#taps);
    const found = this.#found;
    this.#stop();
    if (found) this.#tell('delay', found); else this.#tell('few-taps');
    const keep = this.#dialog.querySelector('[value=keep]');
    keep.hidden = !found;
    if (found) keep.focus();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#context?.close();
    this.#context = null;
    this.clicks = [];
    this.#taps = [];
    this.#dialog.querySelector('.count').textContent = '';
  }

  #tell(name, values) { this.#dialog.querySelector('output').textContent = this.#say(name, values); }
}

/* When, on performance.now(), a moment of the context comes out of the loudspeaker. */
function heardAt(context) {
  const { contextTime, performanceTime } = context.getOutputTimestamp?.() ?? {};
  const late = (context.outputLatency || context.baseLatency || 0) * 1000, now = performance.now(), then = context.currentTime;
  if (performanceTime && now - performanceTime < 1000) return at => performanceTime + (at - contextTime) * 1000;
  return at => now + (at - then) * 1000 + late;
}

function click(context, at, pitch) {
  const tone = context.createOscillator(), loud = context.createGain();
  tone.frequency.value = pitch;
  loud.gain.setValueAtTime(0, at);
  loud.gain.linearRampToValueAtTime(.5, at + .002);
  loud.gain.exponentialRampToValueAtTime(.001, at + LENGTH);
  tone.connect(loud).connect(context.destination);
  tone.start(at);
  tone.stop(at + LENGTH + .01);
}
