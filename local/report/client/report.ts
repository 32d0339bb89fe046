import { followCursor } from './cursor.ts';
import type { Browser, Happening, Part } from './dom.ts';
import { drawAll } from './pictures.ts';

declare const window: Browser;
const { document } = window;

const find = (selector: string): Part | null => document.querySelector(selector);

/** Parts that a new choice replaces, header and filters included. */
const PARTS = [
  '.top .asof',
  '#filters',
  ...Array.from(document.querySelectorAll('main > section'), ({ id }) => `#${id}`),
  '.print-only',
];

/** How to find the focused thing again after the swap. */
function focused(): string | null {
  const active = document.activeElement;
  if (!active) return null;
  const key = active.dataset.key;
  return key === undefined ? (active.id === '' ? null : `#${CSS.escape(active.id)}`) : `[data-key="${key}"]`;
}

declare const CSS: { readonly escape: (text: string) => string };

let asked = 0;
let shown = window.location.search;

/** Fetches an address of this page and puts its panels here. */
async function show(address: string, focus: string | null): Promise<void> {
  shown = window.location.search;
  asked += 1;
  const mine = asked;
  const answer = await fetch(address);
  if (mine !== asked) return;
  if (!answer.ok) {
    window.location.href = address;
    return;
  }
  const page = new window.DOMParser().parseFromString(await answer.text(), 'text/html');
  if (mine !== asked) return;
  const open = Array.from(document.querySelectorAll('details[open]'), ({ id }) => id);
  for (const selector of PARTS) {
    const fresh = page.querySelector(selector);
    if (fresh) find(selector)?.replaceWith(fresh);
  }
  for (const id of open) find(`#${id}`)?.setAttribute('open', '');
  document.title = page.title;
  ready();
  if (focus !== null) (find(focus) ?? find('#filter-period'))?.focus({ preventScroll: true });
  const said = find('#said');
  if (said) said.textContent = said.dataset.words ?? '';
}

async function go(address: string, focus: string | null, hash = ''): Promise<void> {
  window.history.pushState(null, '', `${address}${hash}`);
  await show(address, focus);
  if (hash !== '') find(hash)?.scrollIntoView();
}

/** The address the filters now say, defaults left out as the server writes them: it knows them, so empty ones go. */
function addressOf(form: Part): string {
  const search = new URLSearchParams();
  const first = find('#filter-period option')?.getAttribute('value');
  for (const [name, value] of new window.FormData(form)) {
    if (value !== '' && !(name === 'period' && value === first)) search.append(name, value);
  }
  return search.size === 0 ? window.location.pathname : `?${search}`;
}

/** What only a script can do appears, what it makes needless goes. */
function ready(): void {
  for (const id of ['theme', 'print', 'copy']) {
    const button = find(`#${id}`);
    if (button) button.hidden = false;
  }
  const apply = find('#apply');
  if (apply) apply.hidden = true;
  sayTheme();
  drawAll();
}

function sayTheme(): void {
  const theme = document.documentElement.dataset.theme;
  find('#theme')?.setAttribute('aria-label', `Theme: ${theme ?? 'follows the system'}`);
}

function nextTheme(): void {
  const root = document.documentElement;
  const next = root.dataset.theme === undefined ? 'dark' : root.dataset.theme === 'dark' ? 'light' : undefined;
  if (next === undefined) {
    root.removeAttribute('data-theme');
    window.localStorage.removeItem('theme');
  } else {
    root.dataset.theme = next;
    window.localStorage.setItem('theme', next);
  }
  sayTheme();
}

async function copy(button: Part): Promise<void> {
  const done = await window.navigator.clipboard.writeText(window.location.href).then(
    () => true,
    () => false,
  );
  button.textContent = done ? 'Copied' : 'Copy from the address bar';
  setTimeout(() => {
    button.textContent = 'Copy link';
  }, 2000);
}

document.addEventListener('change', ({ target }: Happening) => {
  const form = target.closest('#filters');
  if (form) void go(addressOf(form), `#${target.id}`);
});

document.addEventListener('click', (event: Happening) => {
  const { target } = event;
  if (target.closest('#theme')) nextTheme();
  if (target.closest('#print')) window.print();
  const button = target.closest('#copy');
  if (button) void copy(button);
  const link = target.closest('a[data-key]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const [address = '', hash = ''] = (link.getAttribute('href') ?? '').split('#');
  const moves = link.closest('.seg') === null && hash !== '';
  void go(address, moves ? `#${hash} a` : focused(), moves ? `#${hash}` : '');
});

window.addEventListener('popstate', () => {
  if (window.location.search !== shown) void show(window.location.pathname + window.location.search, null);
});

let width = window.innerWidth;
window.addEventListener('resize', () => {
  if (Math.abs(window.innerWidth - width) < 8) return;
  width = window.innerWidth;
  drawAll();
});

followCursor();
ready();

const spy = new window.IntersectionObserver(
  (seen) => {
    const current = seen.find(({ isIntersecting }) => isIntersecting)?.target.id;
    if (current === undefined) return;
    for (const link of document.querySelectorAll('.rail a'))
      link.toggleAttribute('aria-current', link.getAttribute('href') === `#${current}`);
  },
  { rootMargin: '-20% 0px -70% 0px' },
);
for (const section of document.querySelectorAll('main > section')) spy.observe(section);
