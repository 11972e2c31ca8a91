/* The head of the door: how many came, whether it is in touch with the house, and what it has not told yet. */
import { clock, say } from './texts.js';

export async function tellState(door) {
  const { roll, sync } = door;
  const waiting = (await door.store.told()).filter(one => !one.heard).length;
  door.dataset.state = sync.state;
  door.dataset.waiting = waiting;
  put(door, '.here', String(roll.here));
  put(door, '.expected', String(roll.expected));
  const state = sync.state === 'ok' ? say('in_touch') : sync.state === 'closed' ? say('closed') : sync.since ? say('alone_since', { time: clock(sync.since, roll.zone) }) : say('alone');
  put(door, '.touch', waiting ? `${state} · ${say('waiting', { n: waiting })}` : state);
  put(door, '.begin-state', !roll.ready ? say('no_list') : door.hasAttribute('data-kept') ? say('ready') : 'serviceWorker' in navigator ? say('loading') : say('no_https'));
  door.querySelector('.shut-door').hidden = sync.state !== 'closed';
  put(door, '.shut-told', waiting ? say('waiting', { n: waiting }) : say('all_told'));
  const share = roll.expected ? Math.min(1, roll.here / roll.expected) : 0;
  door.querySelector('progress').value = share;
}

/* Only what has changed: a screen reader would hear it again. */
function put(door, name, text) {
  const place = door.querySelector(name);
  if (place.textContent !== text) place.textContent = text;
}
