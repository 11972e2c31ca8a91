/* <aqyn-screen-cause>: under what the song stands for, the code of its link: nobody can press a wall. */
class AqynScreenCause extends HTMLElement {
  connectedCallback() {
    const live = this.closest('aqyn-live'), view = live.querySelector('[data-view="cause"]');
    live.hear('view', ({ view: seen, entry, song }) => {
      view.querySelector('.code')?.remove();
      if (seen === 'cause' && song.cause.link) view.append(this.#code(entry, song.cause.link));
    });
  }

  #code(entry, link) {
    const image = new Image(), rehearsal = new URLSearchParams(location.search).get('rehearsal');
    const query = rehearsal ? `?rehearsal=${encodeURIComponent(rehearsal)}` : '';
    image.addEventListener('error', () => image.remove());
    Object.assign(image, { className: 'code', alt: link, src: this.dataset.code.replace('/0/', `/${entry.id}/`) + query });
    return image;
  }
}
customElements.define('aqyn-screen-cause', AqynScreenCause);
