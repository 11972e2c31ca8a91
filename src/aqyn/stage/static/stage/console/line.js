/* The line to the house: whether it is there, said at once and in words; how old the last word is, how sure the clock. */
const QUIET = 3500;   // ms: the house says its newest word every 2 s
const LOOK = 250;     // ms between looks

export class Line {
  #desk; #follower; #parts; #was = null; #out = false;

  constructor(desk, follower, parts) {
    this.#desk = desk;
    this.#follower = follower;
    this.#parts = parts;
    for (const name of ['online', 'offline']) addEventListener(name, () => this.look());
    follower.addEventListener('state', () => this.look());
    setInterval(() => this.look(), LOOK);
  }

  /** Whether what is shown is what the hall sees, and a press would come through. */
  get live() { return navigator.onLine && this.#follower.link.state === 'live' && this.#follower.link.silent < QUIET; }

  /** A press was not answered: rather a new line than trust in one that may be dead. */
  doubt() {
    if (this.#follower.link.silent > QUIET / 2) this.#follower.link.connect();
  }

  look() {
    const { link, clock } = this.#follower, { live } = this, state = live ? 'live' : ['full', 'unknown'].includes(link.state) ? link.state : link.state ? 'lost' : '';
    this.#desk.dataset.link = state;
    if (live !== this.#was) this.#turn(live);
    write(this.#parts.lost, live || !state ? '' : this.#desk.say(this.#why(state)));
    const seconds = Math.floor(link.silent / 1000), age = this.#desk.say('last-word', { s: number(seconds) });
    if (Number.isFinite(seconds) && link.state) write(this.#parts.age, age);
    write(this.#parts.clock, clock.settled ? this.#desk.say('clock-sure', { ms: number(Math.ceil(clock.sure)) }) : this.#desk.say('clock-setting'));
  }

  #why(state) {
    // Whoever is signed out is answered as a stranger: of a hall that is not there.
    if (this.#out) return 'signed-out';
    if (state !== 'lost') return state;
    return this.#desk.position.state === 'hand' ? 'lost-hand' : 'lost';
  }

  /* The house lets no stranger listen: there it is no fault of the network. */
  async #ask() {
    const answer = await fetch(location.href, { method: 'HEAD' }).catch(() => null);
    this.#out = Boolean(answer?.redirected);
  }

  #turn(live) {
    if (live) this.#out = false; else if (this.#was && navigator.onLine) this.#ask();
    if (live && this.#was === false && this.#desk.dataset.lost !== undefined) this.#desk.tell('back-again');
    this.#was = live;
    if (!live && this.#follower.link.state) this.#desk.dataset.lost = '';
    this.#desk.may();
  }
}

function number(value) { return value.toLocaleString(document.documentElement.lang); }

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
