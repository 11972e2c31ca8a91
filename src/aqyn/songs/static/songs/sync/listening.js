/* The house listens: a job that is asked for here, seen as it goes on, stopped, found again when the page is loaded
 * anew. What was heard is put among the desk's times when it is over. */
import { light } from '../../ui/js/teeth.js';

export class Listening {
  #desk; #strip; #source = null; #hearing; #quarter = 0; #drawn = ''; #here = false;

  /* `hearing`: `{job, percent, state, sentence}` of the last job, or null. */
  constructor(desk, strip, hearing) {
    this.#desk = desk;
    this.#strip = strip;
    this.#hearing = hearing;
    this.#here = this.busy;
    if (this.busy) this.#follow();
  }

  /** Whether the house listens, or is about to. */
  get busy() { return ['waiting', 'running'].includes(this.#hearing?.state); }

  /** Begin; `all`: what a person has timed as well; `ear`: the name of another ear, "" for the house's own. */
  async start(all, ear) {
    this.#here = true;
    await this.#desk.saver.send();
    const told = await this.#ask('POST', this.#desk.dataset.hearing, { all, ear });
    if (!told?.hearing) { this.#fault(told?.title ?? this.#desk.say('state-away')); return; }
    this.#quarter = 0;
    this.#desk.tell('hearing-begun');
    this.#set(told.hearing);
    this.#follow();
    this.#strip.querySelector('[data-do=stop-hearing]').focus();
  }

  /** End it; what is there stays as it is. */
  async stop() {
    const told = await this.#ask('POST', this.#desk.dataset.hearingCancel, {});
    if (!told || !('hearing' in told)) { this.#desk.tell('words', { words: told?.title ?? this.#desk.say('state-away') }); return; }
    this.#end();
    this.#set(told.hearing);
    this.#desk.tell('hearing-stopped');
    this.#desk.focusLine();
  }

  #follow() {
    this.#end();
    this.#source = new EventSource(this.#desk.dataset.progress);
    this.#source.onmessage = event => {
      const job = JSON.parse(event.data).jobs.find(({ id }) => id === this.#hearing?.job);
      // One that is told no more was over long ago, or went with its recording.
      if (!job) { this.#look(); return; }
      this.#told({ job: job.id, percent: job.percent, state: job.state, sentence: job.sentence });
    };
  }

  async #look() {
    const told = await this.#ask('GET', this.#desk.dataset.hearing);
    if (told && 'hearing' in told) this.#told(told.hearing);
  }

  /* It is over for the desk when what was heard is there. */
  async #told(hearing) {
    if (hearing?.state !== 'done') { this.#set(hearing); if (!this.busy) this.#end(); return; }
    this.#end();
    const told = await this.#ask('GET', this.#desk.dataset.cues);
    if (!told?.lines) { this.#fault(this.#desk.say('state-away')); return; }
    this.#hearing = hearing;
    this.#desk.receive(told.lines, told.ear);
  }

  #end() {
    this.#source?.close();
    this.#source = null;
  }

  #set(hearing) {
    this.#hearing = hearing;
    if (this.busy && Math.floor(hearing.percent / 25) > this.#quarter) {
      this.#quarter = Math.floor(hearing.percent / 25);
      this.#desk.tell('hearing-at', { percent: hearing.percent });
    }
    this.draw();
  }

  #fault(sentence) {
    this.#hearing = { job: 0, percent: 0, state: 'failed', sentence };
    this.draw();
  }

  /** Show where it stands: the offer, how far it is, what waits for approval, or why nothing could be heard. */
  draw() {
    const desk = this.#desk, hearing = this.#hearing, waiting = desk.doubts.waiting(desk.cues).length, left = desk.doubts.left(desk.cues).length;
    const untimed = desk.song.lines.some(({ id }) => !desk.cues[id]);
    // What could not be heard another day is told where something is still to be heard.
    const fault = hearing?.state === 'failed' && (this.#here || (untimed && !waiting));
    const state = this.busy ? 'hearing' : fault ? 'fault' : waiting ? 'proposed' : untimed ? 'offer' : 'rest';
    const percent = hearing?.percent ?? 0, said = `${state} ${waiting} ${left} ${percent} ${hearing?.sentence}`;
    if (said === this.#drawn) return;
    this.#drawn = said;
    desk.dataset.ear = state;
    const part = name => this.#strip.querySelector(`[data-of=${name}]`);
    part('fault').textContent = state === 'fault' ? hearing.sentence : '';
    part('waiting').textContent = waiting;
    part('left').textContent = left;
    for (const button of desk.querySelectorAll('[data-do=doubt]')) button.ariaDisabled = left ? null : 'true';
    const share = part('share');
    share.setAttribute('aria-valuenow', percent);
    part('percent').textContent = `${percent}\u00a0%`;
    light(share.querySelector('.teeth'), percent / 100);
  }

  async #ask(method, url, body) {
    try {
      const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
      const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
      return answer.redirected ? null : await answer.json();
    } catch { return null; }
  }
}
