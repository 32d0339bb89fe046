import type { Browser } from './dom.ts';

declare const window: Browser;

// Before the first paint, so that a chosen theme does not flash.
const kept = window.localStorage.getItem('theme');
if (kept === 'dark' || kept === 'light') window.document.documentElement.dataset.theme = kept;
