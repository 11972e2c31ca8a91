/* A file on its way, piece by piece. It says how it goes by events: "sent" {offset}, "waiting", "going", "looking". */
import { Lost, Refused, arrived, begin, forget, send } from './tus.js';
import { drop, found, keep } from './kept.js';

const SMALLEST = 256 * 1024;
const LARGEST = 8 * 1024 * 1024;
/* A piece takes about this long: then no break of the network costs more. */
const PIECE_MS = 2000;
const LONGEST_WAIT_MS = 15000;
/* Not signed in, no room: what has arrived is still there. */
const STAYS = [401, 507];

export class Parcel extends EventTarget {
  #run = 0;
  #stop = null;
  #piece = SMALLEST;
  #at = null;

  constructor(file, uploads, told) {
    super();
    this.file = file;
    this.uploads = uploads;
    this.told = told;
    this.offset = 0;
    this.paused = false;
  }

  /** Send all of it, through breaks of the network; the recording's number, undefined when paused. Throws Refused. */
  async go() {
    const run = ++this.#run;
    this.paused = false;
    for (let wait = 1000; run === this.#run;) {
      try {
        return await this.#sendAll(run, () => { wait = 1000; });
      } catch (error) {
        if (run !== this.#run) return undefined;
        if (error instanceof Refused && !STAYS.includes(error.status)) drop(this.uploads, this.file);
        if (!(error instanceof Lost)) throw error;
        this.#tell('waiting');
        await this.#network(wait);
        wait = Math.min(2 * wait, LONGEST_WAIT_MS);
      }
    }
    return undefined;
  }

  pause() {
    this.#run += 1;
    this.paused = true;
    this.#stop?.abort();
  }

  /** Stop, and have the house forget it; whether it has. */
  async cancel() {
    this.pause();
    const at = this.#at ?? found(this.uploads, this.file);
    if (at && !await forget(at)) return false;
    drop(this.uploads, this.file);
    return true;
  }

  async #sendAll(run, went) {
    await this.#find();
    this.#tell('going');
    let recording;
    do {
      if (run !== this.#run) return undefined;
      const piece = this.file.slice(this.offset, this.offset + this.#piece);
      if (this.offset + piece.size === this.file.size) this.#tell('looking');
      const began = performance.now();
      this.#stop = new AbortController();
      try {
        ({ offset: this.offset, recording } = await send(this.#at, this.offset, piece, this.#stop.signal));
      } catch (error) {
        this.#piece = Math.max(SMALLEST, this.#piece / 2);
        if (!(error instanceof Refused) || error.status !== 409) throw error;
        this.offset = await arrived(this.#at);
        continue;
      }
      went();
      const factor = Math.min(2, PIECE_MS / Math.max(1, performance.now() - began));
      this.#piece = Math.round(Math.min(LARGEST, Math.max(SMALLEST, this.#piece * factor)));
      this.#tell('sent');
    } while (this.offset < this.file.size || !recording);
    drop(this.uploads, this.file);
    return recording;
  }

  /** Where the pieces go, and how many bytes are there already. */
  async #find() {
    this.#at ??= found(this.uploads, this.file);
    if (this.#at) {
      try {
        this.offset = await arrived(this.#at);
        this.#tell('sent');
        return;
      } catch (error) {
        if (!(error instanceof Refused) || ![404, 410].includes(error.status)) throw error;
        drop(this.uploads, this.file);
        this.#at = null;
        // All of it had been sent, and no answer came: it may be a recording by now.
        if (this.offset && this.offset + this.#piece >= this.file.size) throw new Refused(410, '');
      }
    }
    this.#at = await begin(this.uploads, this.file, this.told);
    this.offset = 0;
    keep(this.uploads, this.file, this.#at);
  }

  #network(wait) {
    return new Promise(done => {
      const go = () => { clearTimeout(timer); removeEventListener('online', go); done(); };
      const timer = setTimeout(go, wait);
      addEventListener('online', go);
    });
  }

  #tell(name) {
    this.dispatchEvent(new CustomEvent(name));
  }
}
