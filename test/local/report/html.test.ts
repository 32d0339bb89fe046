import { expect, test } from 'vitest';
import { dataBlock, html, raw } from '../../../local/report/html.ts';

test('escapes what is put in, and leaves out what is nothing', () => {
  expect(html`<p title="${'a"b'}">${'<script>'}${null}${false}${[html`<b>${1}</b>`, raw('&amp;')]}</p>`.markup).toBe(
    '<p title="a&quot;b">&lt;script&gt;<b>1</b>&amp;</p>',
  );
});

test('keeps data from ending its block', () => {
  expect(dataBlock({ name: '</script><script>alert(1)' }).markup).toBe(
    '<script type="application/json">{"name":"\\u003c/script>\\u003cscript>alert(1)"}</script>',
  );
});
