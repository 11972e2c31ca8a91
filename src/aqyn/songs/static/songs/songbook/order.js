/* <aqyn-order>: moves a song up or down at once, and says where it stands now. Without it the buttons ask the house. */
class Order extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', event => {
      const button = event.target.closest('button[name=up], button[name=down]');
      if (!button) return;
      event.preventDefault();
      this.move(button.closest('li'), button.name);
      // The button may now be the one that cannot go further: stay on the same song.
      (button.disabled ? button.closest('li').querySelector('button:enabled') : button)?.focus();
    });
  }

  move(song, where) {
    const other = where === 'up' ? song.previousElementSibling : song.nextElementSibling;
    if (!other) return;
    other[where === 'up' ? 'before' : 'after'](song);
    const songs = [...song.parentElement.children];
    this.querySelector('[name=order]').value = songs.map(one => one.dataset.song).join(' ');
    songs.forEach((one, place) => {
      one.querySelector('[name=up]').disabled = place === 0;
      one.querySelector('[name=down]').disabled = place === songs.length - 1;
    });
    const told = { song: song.querySelector('.name').textContent, place: songs.indexOf(song) + 1, count: songs.length };
    this.querySelector('[role=status]').textContent = this.dataset.said.replace(/\{(\w+)\}/g, (_, name) => told[name]);
  }
}

customElements.define('aqyn-order', Order);
