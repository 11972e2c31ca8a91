/* What is on its way from this browser: by the file's name, size and last change, so that it is known again when it is
   chosen once more after a reload. A browser that keeps nothing begins anew. */
const PREFIX = 'aqyn-upload:';
const LIFE_MS = 24 * 60 * 60 * 1000;

const key = (uploads, file) => `${PREFIX}${uploads}:${file.name}:${file.size}:${file.lastModified}`;

export function keep(uploads, file, at) {
  try {
    localStorage.setItem(key(uploads, file), JSON.stringify({ at, name: file.name, size: file.size, since: Date.now() }));
  } catch { /* private windows may keep nothing */ }
}

/** Where the pieces of this very file go, or undefined. */
export function found(uploads, file) {
  return read(key(uploads, file))?.at;
}

export function drop(uploads, file) {
  dropKey(key(uploads, file));
}

/** Everything of this song that is on its way: {key, at, name, size}. What is older than a day is gone. */
export function all(uploads) {
  try {
    const keys = Object.keys(localStorage).filter(name => name.startsWith(`${PREFIX}${uploads}:`));
    return keys.map(name => ({ key: name, ...read(name) })).filter(one => one.at);
  } catch {
    return [];
  }
}

export function dropKey(name) {
  try { localStorage.removeItem(name); } catch { /* nothing was kept */ }
}

function read(name) {
  try {
    const told = JSON.parse(localStorage.getItem(name));
    if (told && Date.now() - told.since < LIFE_MS) return told;
    if (told) dropKey(name);
  } catch { /* not ours, or nothing is kept */ }
  return undefined;
}
