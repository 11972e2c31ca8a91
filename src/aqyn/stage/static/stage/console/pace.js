/* The clock of the song: its tempo in percent, tapped or set, and the lead that a start carries. */
import { percent, Taps } from './tempo.js';

export class Pace {
  #desk; #parts; #taps = new Taps();

  constructor(desk, { tempo, tapped, lead }) {
    this.#desk = desk;
    this.#parts = { tempo, tapped, lead };
    tempo.addEventListener('change', () => this.#set(tempo, { do: 'tempo', tempo: Math.round(tempo.value * 10) }));
    lead.addEventListener('change', () => this.#set(lead, { do: 'lead', lead: +lead.value }));
  }

  /** Show what the house holds; never over what somebody is writing. */
  show() {
    const { position, told } = this.#desk, { tempo, lead } = this.#parts;
    if (document.activeElement !== tempo) tempo.value = position.tempo / 10;
    if (document.activeElement !== lead) lead.value = told.lead;
  }

  /** A tap on the beat. From the fourth on the tempo follows it. */
  tap() {
    const { bpm } = this.#desk.side.of(this.#desk.position.entry);
    if (!bpm) { this.#desk.tell('no-bpm'); return; }
    const tapped = this.#taps.tap(performance.now());
    this.#parts.tapped.textContent = tapped ? this.#desk.say('tapped', { bpm: Math.round(tapped) }) : this.#desk.say('taps-left', { n: this.#taps.missing });
    if (tapped) this.#desk.press({ do: 'tempo', tempo: percent(tapped, bpm) * 10 });
  }

  #set(field, press) {
    if (!field.reportValidity()) return;
    this.#desk.press(press).then(() => this.show());
    field.blur();
  }
}
