/* <aqyn-progress>: jobs of the house as they go on, told by the server, or those of `data-song` alone; teeth are the
   bar. When one is over, what `data-refresh` selects is fetched anew and put in place, and nothing else moves. */
import { light, teeth } from './teeth.js';

class Progress extends HTMLElement {
  #source = null;
  #rows = new Map();
  #heard = new Set();

  connectedCallback() {
    this.querySelector('[data-without-script]')?.remove();
    for (const row of this.querySelectorAll('.job')) this.#rows.set(row.dataset.job, row);
    this.#source = new EventSource(this.dataset.source);
    this.#source.onmessage = (event) => this.#told(JSON.parse(event.data).jobs);
  }

  disconnectedCallback() {
    this.#source?.close();
  }

  #told(jobs) {
    const before = this.#open(), { song } = this.dataset;
    for (const job of jobs) if (!song || job.song === song) this.#show(job);
    const told = new Set(jobs.map((job) => String(job.id)));
    // One that was told and is told no more went with its recording.
    for (const id of before) if (this.#heard.has(id) && !told.has(id)) this.#drop(id);
    this.#heard = told;
    const open = new Set(this.#open());
    if (before.some((id) => !open.has(id))) this.#refresh();
  }

  #open() {
    return [...this.#rows].filter(([, row]) => row.matches('.waiting, .running')).map(([id]) => id);
  }

  #drop(id) {
    this.#rows.get(id).remove();
    this.#rows.delete(id);
  }

  #show(job) {
    const known = this.#rows.get(String(job.id));
    if (!known && job.state === 'done') return;
    const row = known ?? this.#row(job);
    row.className = `job ${job.state}`;
    row.querySelector('.percent').textContent = job.state === 'running' ? `${job.percent} %` : '';
    row.querySelector('.step').textContent = job.sentence || job.step;
    light(row.querySelector('.teeth'), job.state === 'done' ? 1 : job.percent / 100);
  }

  #row(job) {
    const row = document.createElement('div');
    row.dataset.job = job.id;
    const span = (name) => Object.assign(document.createElement('span'), { className: name });
    row.append(span('title'), span('percent'), teeth(), span('step'));
    row.querySelector('.percent').dir = 'ltr';
    Object.assign(row.querySelector('.title'), this.#title(job.title));
    this.#rows.set(String(job.id), row);
    this.append(row);
    return row;
  }

  #title(texts) {
    if (typeof texts === 'string') return { textContent: texts };
    const tags = [...(this.dataset.wanted ?? '').split(' '), ...Object.keys(texts)];
    const tag = tags.find((wanted) => texts[wanted]) ?? '';
    return { textContent: texts[tag] ?? '', lang: tag };
  }

  async #refresh() {
    const chosen = this.dataset.refresh;
    if (!chosen) return;
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const here = document.querySelectorAll(chosen);
    fresh.querySelectorAll(chosen).forEach((part, i) => here[i]?.replaceWith(document.adoptNode(part)));
  }
}

customElements.define('aqyn-progress', Progress);
