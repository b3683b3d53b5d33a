import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { startHost } from '../support/host.ts';

/** Loaded as a script of the page's own origin: evaluation through the debugger would bypass the policy. */
const ATTACK = `
  const results = {};
  const attempt = async (name, action) => {
    try { results[name] = (await action()) ?? 'done'; } catch (error) { results[name] = 'blocked'; }
  };
  const loads = (element, property, value) => new Promise((done, fail) => {
    element.onload = done; element.onerror = () => fail(new Error('blocked'));
    element[property] = value; document.body.append(element);
  });
  (async () => {
    await attempt('eval', () => eval('1 + 1'));
    await attempt('Function', () => new Function('return 1')());
    await attempt('innerHTML', () => { document.body.innerHTML = '<b>x</b>'; });
    await attempt('fetch', () => fetch(FOREIGN));
    await attempt('image', () => loads(new Image(), 'src', FOREIGN + 'x.png'));
    const style = document.createElement('style');
    style.textContent = 'body { outline: 7px solid red }';
    document.head.append(style);
    results.style = getComputedStyle(document.body).outlineWidth === '7px' ? 'done' : 'blocked';
    await attempt('handler', () => {
      const inline = document.createElement('div');
      inline.setAttribute('onclick', 'window.ran = true');
      document.body.append(inline);
      inline.click();
      if (!window.ran) throw new Error('blocked');
    });
    document.documentElement.setAttribute('data-results', JSON.stringify(results));
  })();
`;

test('a script that got into the page can neither evaluate, inject, nor talk to elsewhere', async ({ browser }) => {
  let visits = 0;
  const foreign = createServer((_request, response) => {
    visits += 1;
    response.end('caught');
  });
  await new Promise<void>((listening) => foreign.listen(0, '127.0.0.1', listening));
  const foreignUrl = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`;
  const host = await startHost();
  const context = await browser.newContext();
  const page = await context.newPage();
  const origin = new URL(host.url).origin;
  await page.route(`${origin}/attack.js`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: `const FOREIGN = '${foreignUrl}';${ATTACK}` }),
  );
  await page.route(
    (url) => url.origin === origin && url.pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace('</body>', '<script src="/attack.js"></script></body>');
      await route.fulfill({ response, body });
    },
  );
  await page.goto(host.url);
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-results', /handler/);
  const results = JSON.parse((await root.getAttribute('data-results')) ?? '') as Record<string, string>;
  expect(results).toEqual({
    eval: 'blocked',
    Function: 'blocked',
    innerHTML: 'blocked',
    fetch: 'blocked',
    image: 'blocked',
    style: 'blocked',
    handler: 'blocked',
  });
  expect(visits).toBe(0);
  await context.close();
  await host.stop();
  foreign.close();
});

test('the address that was opened holds no token afterwards, and works only once', async ({ browser }) => {
  const host = await startHost();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(host.url);
  await expect(page.getByRole('button', { name: 'New profile' })).toBeVisible();
  expect(page.url()).toBe(`${new URL(host.url).origin}/`);
  const second = await context.newPage();
  await second.goto(host.url);
  await expect(second.getByText('This window was not let in')).toBeVisible();
  await context.close();
  await host.stop();
});
