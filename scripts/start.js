#!/usr/bin/env node
// `npm start`: builds when the sources are newer than the build, then opens Relaysmith in the best way this machine
// has: Electron, else the browser over loopback, else the address alone. One line says which, and why.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = [
  'cli',
  'electron',
  'engine',
  'renderer',
  'shared',
  'package.json',
  'electron.vite.config.ts',
  'vite.cli.config.ts',
];
const BUILT = ['out/cli/main.js', 'out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];
/** How long Electron's own first-use download may take before the browser is used instead. */
const ELECTRON_PATIENCE_MS = 8_000;

if (!isBuilt()) build();
const electron = findElectron();
if (electron.path) {
  console.log('Opening the Relaysmith window (Electron).');
  run(electron.path, [root]);
} else {
  console.log(`Opening Relaysmith in the browser, because ${electron.why}.`);
  run(process.execPath, [join(root, 'bin/relaysmith.js'), 'serve', '--open', ...process.argv.slice(2)]);
}

function isBuilt() {
  if (!BUILT.every((file) => existsSync(join(root, file)))) return false;
  const oldestOutput = Math.min(...BUILT.map((file) => statSync(join(root, file)).mtimeMs));
  return SOURCES.every((source) => newest(join(root, source)) <= oldestOutput);
}

function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function build() {
  console.log('Building Relaysmith.');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** Electron 42 and later fetch their binary on first use; try that for a few seconds in a process of its own. */
function findElectron() {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!display) return { why: 'this session has no display' };
  const require = createRequire(import.meta.url);
  let packageDirectory;
  try {
    packageDirectory = dirname(require.resolve('electron/package.json'));
  } catch {
    return { why: 'Electron is not installed' };
  }
  const pathFile = join(packageDirectory, 'path.txt');
  if (!existsSync(pathFile)) {
    spawnSync(process.execPath, [join(packageDirectory, 'install.js')], {
      stdio: 'ignore',
      timeout: ELECTRON_PATIENCE_MS,
    });
  }
  if (!existsSync(pathFile)) return { why: 'Electron’s binary is not here and could not be downloaded' };
  const { status, stdout } = spawnSync(process.execPath, ['-e', 'console.log(require("electron"))'], {
    cwd: root,
    encoding: 'utf8',
    timeout: ELECTRON_PATIENCE_MS,
  });
  const path = stdout?.trim();
  return status === 0 && path && existsSync(path) ? { path } : { why: 'Electron’s binary is incomplete' };
}

function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
