/* <aqyn-theme>: three buttons that choose light, dark, or what the device says. Its place is kept, and it is
   seen once it can work: parts.css. */
const KEY = 'aqyn-theme';

class Theme extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) this.choose(button.value);
    });
    addEventListener('storage', (event) => { if (event.key === KEY) this.show(event.newValue ?? ''); });
    this.show(document.documentElement.dataset.theme ?? '');
  }

  choose(theme) {
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch { /* storage is closed to us: it holds for this page alone */ }
    this.show(theme);
  }

  show(theme) {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    for (const button of this.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.value === theme));
  }
}

customElements.define('aqyn-theme', Theme);
