import { html } from './html.ts';

/** A page that says in two sentences why there is no report. */
export const refusal = (title: string, why: string): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Outlay · ${title}</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/report.css"><script src="/theme.js"></script></head>
<body><main><section class="panel first"><h1>${title}</h1><p class="because">${why}</p><p class="note"><a href="/">All teams, vendors and models</a></p></section></main></body></html>
`.markup;
