/* Follows the hall: joins the house's clock, the line, the setlist and the position. For the phone, the captions, the big
 * screen and the console alike.
 *
 * Tells "position" each time another one is shown, "song" when the words of the entry are there, "state" {detail} as the
 * line tells it, and "settled" when the house's time is known, or in doubt.
 */
import { HouseClock } from './clock.js';
import { Link } from './link.js';
import { where } from './position.js';
import { Setlist } from './setlist.js';

const LONGEST_LEAD = 300;   // ms: whatever lies further ahead is a clock that is wrong
const SPREAD = 3_000;       // ms in which the phones that came back look at the clock again

export class Follower extends EventTarget {
  #waiting = null; #due = 0; #looked = null;

  /** `show`: its slug; `rehearsal`: the key, for those who hold it; `events`: where the positions are told, the phones' own
      address unless another is given. */
  constructor({ show, rehearsal = '', events = phones(show, rehearsal) }) {
    super();
    this.clock = new HouseClock();
    this.setlist = new Setlist(show, rehearsal);
    this.link = new Link(events);
    /** What is shown now; null until the house has told it. */
    this.position = null;
    /** The entry as the setlist tells it, and its song; null until they are there, and for what has none. */
    this.entry = this.song = null;
    this.link.addEventListener('position', ({ detail }) => this.#told(detail));
    this.link.addEventListener('state', ({ detail }) => this.#state(detail));
    this.clock.addEventListener('settled', () => { this.#ripe(); this.#tell('settled'); });
    this.setlist.load();
  }

  /** Where the song is now: `{step, at, line, over}`. null while nothing is sung, or where it cannot be known yet. */
  where() {
    this.#ripe();
    const { position, song, clock } = this;
    if (!song || !position || !['run', 'hold', 'hand', 'over'].includes(position.state)) return null;
    if (position.state === 'run' && !clock.settled) return null;
    const there = where(position, song, clock.now());
    // A line that was written after this page loaded the words is not shown; the page goes on.
    return there.line < song.lines.length ? there : null;
  }

  /* A start lies a little ahead, so that the hall turns together: until then what was before is shown. */
  #told(position) {
    clearTimeout(this.#due);
    this.#waiting = position;
    this.#ripe();
  }

  #ripe() {
    const position = this.#waiting;
    if (!position) return;
    const left = this.clock.settled && this.position ? position.time - this.clock.now() : 0;
    if (left > 0 && left <= LONGEST_LEAD) {
      clearTimeout(this.#due);
      this.#due = setTimeout(() => this.#ripe(), left);
      return;
    }
    this.#waiting = null;
    this.#show(position);
  }

  #show(position) {
    const before = this.position;
    this.position = position;
    if (position.entry !== before?.entry) this.#find(position.entry);
    if (isOpen(position) && !isOpen(before)) this.#opened(before);
    this.#tell('position');
  }

  async #find(id) {
    this.#looked?.abort();
    const looked = this.#looked = new AbortController();
    this.entry = id ? this.setlist.entry(id) : null;
    this.song = null;
    if (!id) return;
    const found = await this.setlist.find(id, looked.signal).catch(() => null);
    if (!found || looked !== this.#looked) return;
    Object.assign(this, found);
    this.#tell('song');
    this.setlist.ahead(id);
  }

  /* The house tells no song before the hall is open: whoever waited at the door looks again. */
  async #opened(before) {
    const told = await this.setlist.load();
    if (before || !told?.entries.length) await this.setlist.renew();
    if (!this.position.entry) this.setlist.ahead(0);
  }

  #state(state) {
    // After a cut the house may be another one, with another clock.
    if (state === 'live' && this.position) setTimeout(() => this.clock.check(), Math.random() * SPREAD);
    this.#tell('state', state);
  }

  #tell(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail })); }
}

function isOpen(position) { return Boolean(position) && !['shut', 'end'].includes(position.state); }

function phones(show, rehearsal) {
  return `/events/live/${encodeURIComponent(show)}${rehearsal && `?rehearsal=${encodeURIComponent(rehearsal)}`}`;
}
