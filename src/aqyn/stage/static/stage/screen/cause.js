/* <aqyn-screen-cause>: under what the song stands for, the code of its link: nobody can press a wall. */
class AqynScreenCause extends HTMLElement {
  connectedCallback() {
    const live = this.closest('aqyn-live'), view = live.querySelector('[data-view="cause"]');
    live.hear('view', ({ view: seen, entry, song }) => {
      view.querySelector('.code')?.remove();
      if (seen === 'cause' && song.cause.link) view.append(this.#code(entry, song.cause.link, live.rehearsal));
    });
  }

  #code(entry, link, rehearsal) {
    const image = new Image(), query = rehearsal && `?rehearsal=${encodeURIComponent(rehearsal)}`;
    Object.assign(image, { className: 'code', alt: link, src: this.dataset.code.replace('/0/', `/${entry.id}/`) + query });
    return image;
  }
}
customElements.define('aqyn-screen-cause', AqynScreenCause);
