#!/usr/bin/env node
// Draws renderer/public/icon.png from icon.svg: window managers take no SVG. Needs Chromium; run it after changing the icon.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const SIZE = 256;
const directory = join(dirname(fileURLToPath(import.meta.url)), '../renderer/public');
const svg = readFileSync(join(directory, 'icon.svg'), 'utf8').replace(
  '<svg ',
  `<svg width="${SIZE}" height="${SIZE}" `,
);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
await page.setContent(`<body style="margin:0">${svg}`);
await page.screenshot({ path: join(directory, 'icon.png'), omitBackground: true });
await browser.close();
