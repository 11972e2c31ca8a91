/* A USB scanner is a keyboard that types a code and presses Enter, wherever the page is. It types as on an American keyboard;
 * under another layout the letters come out wrong, so then the keys themselves are read. */
const SHIFTED = { Digit4: '$', Digit5: '%', Digit8: '*', Equal: '+', Semicolon: ':' };
const PLAIN = { Space: ' ', Minus: '-', Period: '.', Slash: '/' };
const LEAST = 4, PAUSE = 500;   // letters; ms without a key after which a new code begins

export function listen(heard) {
  let typed = '', at = 0;
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.('input, select, textarea, dialog')) return;
    const now = performance.now();
    if (now - at > PAUSE) typed = '';
    at = now;
    if (event.key === 'Enter') {
      if (typed.length >= LEAST) { event.preventDefault(); heard(typed); }
      typed = '';
    } else {
      const letter = letterOf(event);
      // A code may hold spaces: they must not press the button that has the focus.
      if (letter === ' ' && typed) event.preventDefault();
      if (letter === ' ' && !typed) return;
      typed += letter;
    }
  });
}

function letterOf({ key, code, shiftKey }) {
  if (key.length !== 1) return '';
  if (key.charCodeAt(0) < 128) return key;
  if (/^Key[A-Z]$/.test(code)) return code[3];
  if (shiftKey && SHIFTED[code]) return SHIFTED[code];
  return /^Digit\d$/.test(code) ? code[5] : PLAIN[code] ?? '';
}
