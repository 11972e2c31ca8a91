/* <aqyn-copy>: a text and a button that copies it. Where the clipboard is closed (no HTTPS) the text is selected
   instead, and a sentence says so. */
class Copy extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector('button');
    button.hidden = false;
    button.addEventListener('click', () => this.copy());
  }

  async copy() {
    const text = this.querySelector('input, textarea');
    const said = this.querySelector('.said');
    text.focus();
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = this.dataset.done;
    } catch {
      said.textContent = this.dataset.byHand;
    }
  }
}

customElements.define('aqyn-copy', Copy);
