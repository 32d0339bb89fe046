import { expect, it } from 'vitest';
import { verify } from '../../../local/prices/download.ts';

const pin = { file: 'prices.whl', sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' };

it('takes the pinned file', () => {
  expect(() => verify(new TextEncoder().encode('hello'), pin)).not.toThrow();
});

it('refuses another file, with both checksums', () => {
  expect(() => verify(new TextEncoder().encode('hallo'), pin)).toThrow(
    /^prices\.whl has sha256 [0-9a-f]{64}, pinned is 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824; nothing was changed/,
  );
});
