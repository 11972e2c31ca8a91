/* The keyboard, the foot pedal and the page turner of the console. By a key's place, since letters differ from layout to
   layout. The arrows mean on and back in every script: a pedal knows no reading direction. */
export const TWICE = 80;   // ms: a pedal that sends a press twice sends it within this; both count once

export const KEYS = {
  PageDown: 'next', ArrowRight: 'next', ArrowDown: 'next', Space: 'next',
  PageUp: 'back', ArrowLeft: 'back', ArrowUp: 'back',
  Enter: 'go', NumpadEnter: 'go',
  KeyB: 'dark', KeyH: 'hand', KeyR: 'repeat', KeyT: 'tap', KeyW: 'wheel',
  Comma: 'earlier', Period: 'later', Escape: 'escape',
};
export const SHIFTED = { Comma: 'earlier-far', Period: 'later-far' };

const OWN = 'input:not([type=range]), textarea, select, [contenteditable]';
const PRESSES = new Set(['Space', 'Enter', 'NumpadEnter']);
const WALKS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown']);

/** The deed that a key asks for, or "". */
export function deedOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return '';
  if (event.key === '?') return 'help';
  const code = event.code || (event.key.length === 1 ? `Key${event.key.toUpperCase()}` : event.key);
  return (event.shiftKey ? SHIFTED[code] : KEYS[code]) ?? '';
}

/* Whether the key belongs to what has the focus: text that is written, a slider, a button that was walked to by Tab. */
function taken(event, deed) {
  const { target, code } = event;
  if (deed !== 'escape' && target.closest(OWN)) return true;
  if (target.matches('[type=range]') && WALKS.has(code)) return true;
  return PRESSES.has(code) && Boolean(target.closest('button, a, summary')) && target.matches(':focus-visible');
}

export function listen(desk) {
  const last = {};
  document.addEventListener('keydown', event => {
    const deed = deedOf(event);
    if (!deed || event.defaultPrevented || taken(event, deed)) return;
    if (document.querySelector('dialog[open]') && deed !== 'help') return;
    event.preventDefault();
    if (event.repeat || event.timeStamp - (last[deed] ?? -TWICE) < TWICE) return;
    last[deed] = event.timeStamp;
    desk.do(deed);
  });
  // Letting go of a key that was a pedal's presses no button.
  document.addEventListener('keyup', event => {
    const deed = deedOf(event);
    if (deed && PRESSES.has(event.code) && !taken(event, deed)) event.preventDefault();
  });
}
