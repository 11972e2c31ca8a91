/* After a tap the words inside its line, and those of the proposed lines beside it, are heard again at once. The
 * answer becomes a part of the step that asked for it; a line that was changed meanwhile stays as it is. */
import { lineAt, neighbour } from './cues.js';
import { put } from './history.js';
import { guessed, proposes, same } from './times.js';

/* The ids of the lines to be heard: line `i`, its neighbours, and what gave way to it. */
function asked({ song, cues, history }, i) {
  const beside = [-1, 1].map(step => neighbour(song, cues, i, step)).filter(next => next && proposes(next.line));
  const gone = Object.entries(history.last?.lines ?? {}).filter(([, [was, now]]) => !now && guessed(was)).map(([id]) => id);
  return [...new Set([String(song.lines[i].id), ...beside.map(next => String(song.lines[next.i].id)), ...gone])];
}

/** Hear again around line `i`; `merge(lines)` puts `{id: [was, now]}` in where that can be sung. */
export async function hearAgain(desk, i, merge) {
  const lines = asked(desk, i), { cues, history } = desk, step = history.last;
  if (!step || !(desk.song.lines[i].id in step.lines) || !lineAt(desk.song, cues, i)) return;
  if (!lines.some(id => !cues[id] || proposes(cues[id]) || !Array.isArray(cues[id][0]))) return;
  desk.toggleAttribute('data-hearing-again', true);
  const told = await ask(desk.dataset.again, { cues, lines });
  desk.toggleAttribute('data-hearing-again', false);
  if (!told?.lines) { if (told?.title) desk.tell('words', { words: told.title }); return; }
  const heard = Object.entries(told.lines).filter(([id, now]) => same(desk.cues[id], cues[id]) && !same(cues[id], now));
  const changed = Object.fromEntries(heard.map(([id, now]) => [id, [cues[id] ?? null, now]]));
  if (heard.length) merge(step, changed, put(desk.cues, Object.fromEntries(heard)));
}

async function ask(url, body) {
  try {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return answer.redirected ? null : await answer.json();
  } catch { return null; }
}
