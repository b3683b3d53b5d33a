#!/usr/bin/env node
// `npm run screenshots [-- NAME ...]`: takes the pictures of docs/images anew. The window is the real one over the loopback
// host, on a library of its own; the servers behind it are practice servers, and every result in a picture was measured.
// Needs `npm run build` and Chromium.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { BATCH_SCENE, SCENES } from './screenshots/scenes.js';
import { stageScenes } from './screenshots/stages.js';
import { openWindow } from './screenshots/window.js';
import { endAll, ROOT } from './screenshots/world.js';

const LOOKS = ['light', 'dark'];

const images = join(ROOT, 'docs/images');
const home = mkdtempSync(join(tmpdir(), 'relaysmith-screenshots-'));
const wanted = process.argv.slice(2);
const isWanted = ({ name }) => wanted.length === 0 || wanted.includes(name);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  mkdirSync(join(images, 'stages'), { recursive: true });
  await take(SCENES, 'main', { width: 1280, height: 800 });
  await take([BATCH_SCENE], 'batch', { width: 1280, height: 800 });
  await take(stageScenes(), 'stages', { width: 1280, height: 1100 });
} finally {
  await browser.close();
  await endAll();
  rmSync(home, { recursive: true, force: true });
}

/** Takes the wanted ones of some scenes, in one window on one library. */
async function take(all, library, viewport) {
  const scenes = all.filter(isWanted);
  if (scenes.length === 0) return;
  const directory = join(home, library);
  for (const scene of scenes) await scene.prepare?.(directory);
  const page = await openWindow(browser, directory, viewport);
  for (const scene of scenes) {
    await scene.show(page);
    for (const look of scene.looks ?? LOOKS) await takeOne(page, scene, look);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await scene.leave?.(page);
  }
  await page.close();
}

async function takeOne(page, { name, looks, part }, look) {
  await page.emulateMedia({ colorScheme: look, reducedMotion: 'reduce' });
  const file = `${name}${looks ? '' : `-${look}`}.png`;
  await (part?.(page) ?? page).screenshot({ path: join(images, file), animations: 'disabled', caret: 'hide' });
  console.log(`docs/images/${file}`);
}
