/* A text that may not have reached the house, kept in this browser: one for each open page of a song, so that two
   pages never overwrite each other's. What a closed page left is found by the next one that opens. */
const PREFIX = 'aqyn-writing:';
const CLOSING = 1000;

export class Draft {
  #of;
  #key;

  constructor(song) {
    this.#of = `${PREFIX}${song}:`;
    this.#key = this.#of + (session('aqyn-page') || named());
  }

  /* Takes the place of this page; another that was opened as its copy gets a place of its own. */
  async open() {
    if (!navigator.locks) return;
    while (!await held(this.#key)) this.#key = this.#of + named();
  }

  /* Whether it is kept now. */
  put(base, text) {
    try {
      localStorage.setItem(this.#key, JSON.stringify({ base, text, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  drop(key = this.#key) {
    try { localStorage.removeItem(key); } catch { /* nothing is kept here */ }
  }

  /* What this page and pages now closed left of the song, the oldest first. */
  async left() {
    const found = [];
    try {
      for (const key of Object.keys(localStorage)) {
        const own = key === this.#key;
        if (!key.startsWith(this.#of) || (!own && await open(key))) continue;
        found.push({ key, own, ...JSON.parse(localStorage.getItem(key)) });
      }
    } catch { /* storage is closed to us, or holds what we did not write */ }
    return found.filter((one) => typeof one.text === 'string').sort((one, two) => one.at - two.at);
  }
}

/* Whether the page of this place is still open; one that was closed just now lets go in a moment. */
async function open(key) {
  if (!navigator.locks) return false;
  return navigator.locks.request(key, { signal: AbortSignal.timeout(CLOSING) }, () => false).catch(() => true);
}

function session(name) {
  try { return sessionStorage.getItem(name); } catch { return ''; }
}

function named() {
  const name = Array.from(crypto.getRandomValues(new Uint32Array(2)), (n) => n.toString(36)).join('');
  try { sessionStorage.setItem('aqyn-page', name); } catch { /* it holds as long as the page stands */ }
  return name;
}

/* Holds the lock as long as the page stands; whether nobody else held it. */
function held(name) {
  return new Promise((told) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      told(Boolean(lock));
      return lock && new Promise(() => {});
    });
  });
}
