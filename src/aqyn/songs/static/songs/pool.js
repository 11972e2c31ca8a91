/* The pool of light behind the words follows the sung one, slowly: one transform, set when a word begins. */
const song = document.querySelector('aqyn-song'), pool = document.querySelector('.pool');

song?.hear('word', ({ rows, k }) => {
  if (song.classList.contains('hall')) return;
  const word = rows?.[0].words[Math.max(0, k)] ?? rows?.[0].element;
  // Read when the frame is done and everything lies still, so that nothing has to be laid out for it.
  (window.requestIdleCallback ?? setTimeout)(() => {
    const box = word?.getBoundingClientRect();
    if (!box?.width || box.bottom < 0 || box.top > innerHeight) return;
    pool.style.transform = `translate(${Math.round(box.left + box.width / 2)}px, ${Math.round(box.top + box.height / 2)}px)`;
  });
});
