/* <aqyn-pool>: the pool of light behind the words follows the sung one, slowly: one transform when a word begins. */
class AqynPool extends HTMLElement {
  connectedCallback() {
    const song = this.closest('aqyn-song');
    song.hear('word', ({ rows, k }) => {
      if (!song.classList.contains('hall')) this.#follow(rows?.[0].words[Math.max(0, k)]);
    });
  }

  #follow(word) {
    // Read when the frame is done and everything lies still, so that nothing has to be laid out for it.
    (window.requestIdleCallback ?? setTimeout)(() => {
      const box = word?.getBoundingClientRect();
      if (!box?.width || box.bottom < 0 || box.top > innerHeight) return;
      this.style.transform = `translate(${Math.round(box.left + box.width / 2)}px, ${Math.round(box.top + box.height / 2)}px)`;
    });
  }
}
customElements.define('aqyn-pool', AqynPool);
