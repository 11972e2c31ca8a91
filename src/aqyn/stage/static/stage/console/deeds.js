/* What each key and button of the console asks for, as things stand. */
const FAR = 500, NEAR = 100;   // ms that a nudge moves the song

export const DEEDS = {
  next: desk => resting(desk) ? onward(desk) : desk.press({ do: 'next' }),
  back: desk => desk.press({ do: 'back' }),
  go: desk => {
    const { state } = desk.position;
    if (resting(desk)) return onward(desk);
    return desk.press({ do: { run: 'hold', hold: 'go', hand: 'clock' }[state] });
  },
  hand: desk => desk.press({ do: desk.position.state === 'hand' ? 'clock' : 'hand' }),
  dark: desk => desk.press({ do: 'dark', on: !desk.position.dark }),
  repeat: desk => desk.press({ do: 'repeat' }),
  skip: desk => desk.press({ do: 'skip' }),
  finish: desk => desk.press({ do: 'finish' }),
  earlier: desk => desk.press({ do: 'nudge', ms: -NEAR }),
  later: desk => desk.press({ do: 'nudge', ms: NEAR }),
  'earlier-far': desk => desk.press({ do: 'nudge', ms: -FAR }),
  'later-far': desk => desk.press({ do: 'nudge', ms: FAR }),
  clear: desk => desk.press({ do: 'clear' }),
  tap: desk => desk.pace.tap(),
  take: desk => desk.press({ do: 'take' }),
  ask: desk => desk.press({ do: 'ask' }),
  give: desk => desk.press({ do: 'give' }),
  keep: desk => desk.press({ do: 'keep' }),
  release: desk => desk.press({ do: 'release' }),
  wheel: desk => desk.wheel.reach(),
  help: desk => desk.help(),
  escape: desk => desk.escape(),
};
/** What needs no wheel, since it is about it; what needs no network either, since it changes nothing in the hall. */
export const FREE = new Set(['take', 'ask', 'wheel']), OWN = new Set(['help', 'escape']);

/** Whether nothing is sung: the next press goes on in the setlist. */
export function resting(desk) { return desk.position.state === 'wait' || over(desk); }

/** Whether the song has ended, by a press or by the clock. */
export function over(desk) { return desk.position.state === 'over' || Boolean(desk.where?.over); }

/** What comes next in the setlist: `{entry}` to choose, or `{start}` where the chosen song has only to begin. */
export function coming(desk) {
  const { position, side } = desk;
  if (position.state === 'wait' && side.is(position.entry, 'song')) return { start: position.entry };
  return { entry: side.after(position.entry) };
}

function onward(desk) {
  const { start, entry } = coming(desk);
  if (start) return desk.press({ do: 'start' });
  return entry ? desk.press({ do: 'choose', entry }) : desk.tell('last-entry');
}
