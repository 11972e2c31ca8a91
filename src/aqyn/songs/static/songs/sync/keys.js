/* The keyboard of the desk. By the key's place, since letters differ from layout to layout. */
const KEYS = {
  KeyP: 'play', KeyR: 'again', KeyE: 'end', KeyW: 'mode', KeyD: 'spread', KeyS: 'split', KeyJ: 'join', KeyV: 'vouch',
  KeyF: 'find', KeyL: 'loop', KeyI: 'from', KeyO: 'upto', KeyN: 'nudges', KeyC: 'calibrate', KeyB: 'slow',
  KeyH: 'hear', KeyG: 'doubt', KeyA: 'approve',
  BracketLeft: 'slower', BracketRight: 'faster', Equal: 'larger', NumpadAdd: 'larger', Minus: 'smaller', NumpadSubtract: 'smaller',
  Comma: 'syllable-before', Period: 'syllable-after', Delete: 'clear', Backspace: 'back', Home: 'first', End: 'last',
  ArrowLeft: 'word-before', ArrowRight: 'word-after', ArrowUp: 'line-before', ArrowDown: 'line-after', Escape: 'escape',
};
const AGAIN = new Set([   // goes on while the key is held
  'word-before', 'word-after', 'line-before', 'line-after', 'larger', 'smaller', 'slower', 'faster',
  'earlier', 'later', 'earlier-far', 'later-far', 'undo', 'redo',
]);
const OWN = 'input, select, textarea, [contenteditable], dialog';

/* The deed that a key asks for, or "". */
function deedOf(event) {
  if (event.ctrlKey || event.metaKey) {
    if (event.altKey) return '';
    return event.code === 'KeyZ' ? event.shiftKey ? 'redo' : 'undo' : event.code === 'KeyY' ? 'redo' : '';
  }
  if (event.altKey) {
    const way = { ArrowLeft: 'earlier', ArrowRight: 'later' }[event.code];
    return way ? `${way}${event.shiftKey ? '-far' : ''}` : '';
  }
  if (event.key === '?') return 'help';
  if (event.code === 'Space' || event.code === 'KeyT') return 'tap';
  return event.shiftKey && event.code !== 'Equal' ? '' : KEYS[event.code] ?? '';
}

export function listen(desk) {
  document.addEventListener('keydown', event => {
    const { target } = event, deed = deedOf(event);
    if (!deed || event.defaultPrevented || !desk.isConnected || target.closest(OWN)) return;
    // A button takes the space bar for itself, but for those that only show what is chosen, and the tap key.
    if (event.code === 'Space' && target.closest('a, summary, button:not(.lines button, .words button, .tap)')) return;
    if (deed === 'escape' && !desk.busy) return;
    event.preventDefault();
    if (event.repeat && !AGAIN.has(deed)) return;
    desk.do(deed, event);
  });
  // Where the space bar taps, letting it go presses nothing.
  document.addEventListener('keyup', event => {
    if (event.code === 'Space' && event.target.closest?.('aqyn-sync :is(.lines, .words, .tap)')) event.preventDefault();
  });
}
