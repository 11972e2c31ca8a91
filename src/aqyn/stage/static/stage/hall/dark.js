/* <aqyn-live-dark>: the hall is blacked out. Nothing but the ground is seen, and nothing can be pressed; the song goes on beneath. */
class AqynLiveDark extends HTMLElement {
  connectedCallback() {
    const live = this.closest('aqyn-live');
    live.hear('position', position => {
      const dark = Boolean(position?.dark);
      if (dark === live.hasAttribute('data-dark')) return;
      live.toggleAttribute('data-dark', dark);
      this.firstElementChild.textContent = dark ? this.dataset.said : '';
      for (const other of live.children) if (other !== this) other.inert = dark;
    });
  }
}
customElements.define('aqyn-live-dark', AqynLiveDark);
