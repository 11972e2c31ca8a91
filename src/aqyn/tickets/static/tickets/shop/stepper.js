/* <aqyn-stepper>: a number with a minus and a plus beside it. */

class Stepper extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input');
    this.less = this.button('less', -1);
    this.more = this.button('more', 1);
    this.prepend(this.less);
    this.append(this.more);
    this.input.addEventListener('input', () => this.show());
    this.show();
  }

  /** At most so many; what is beyond is taken back. */
  set most(count) {
    this.input.max = count;
    if (Number(this.input.value) > count) {
      this.input.value = count;
      this.input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    this.show();
  }

  button(name, step) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = name;
    button.setAttribute('aria-label', this.dataset[name]);
    button.setAttribute('aria-describedby', this.input.getAttribute('aria-labelledby'));
    button.addEventListener('click', () => {
      const value = Number(this.input.value || 0) + step;
      this.input.value = Math.min(Number(this.input.max), Math.max(0, value));
      this.input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    return button;
  }

  show() {
    const value = Number(this.input.value || 0);
    this.less.disabled = value <= 0;
    this.more.disabled = value >= Number(this.input.max);
  }
}

customElements.define('aqyn-stepper', Stepper);
