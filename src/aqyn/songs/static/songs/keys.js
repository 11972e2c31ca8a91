/* The keyboard of the song page. By the key's place where letters differ from layout to layout: [ is х on a Russian one. */
const ASKS = { KeyL: 'loop', BracketLeft: 'slower', BracketRight: 'faster', ArrowRight: 'next', ArrowLeft: 'previous', KeyF: 'hall' };

document.addEventListener('keydown', event => {
  const song = document.querySelector('aqyn-song'), { target } = event;
  if (!song?.audio || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (target.closest('input, select, textarea, [contenteditable]')) return;
  if (event.code === 'Space') {
    // On a button or a link the space bar is already taken.
    if (target.closest('button, summary, a, [role=slider]')) return;
    event.preventDefault();
    song.toggle();
    return;
  }
  const ask = event.key === '?' ? 'keys' : ASKS[event.code];
  if (!ask || (event.shiftKey && ask !== 'keys') || event.repeat && ask === 'loop') return;
  event.preventDefault();
  song.tell('ask', ask);
});
