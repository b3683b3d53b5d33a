#!/usr/bin/env node
// Electron's fuses for a packaged build: `node scripts/fuses.js PATH-TO-ELECTRON [--inspect]` flips them.
// `--inspect` leaves the inspector on, which Playwright needs; never for a release.
import { fileURLToPath } from 'node:url';
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/** The ninth fuse, WasmTrapHandlers: newer than the library, so it stays as Electron ships it. */
const WASM_TRAP_HANDLERS = 8;
const ENABLED = '1'.charCodeAt(0);

/** Every fuse that the library can flip, decided. */
export function fuses({ inspect = false } = {}) {
  return {
    version: FuseVersion.V1,
    // The app must not be usable as a Node interpreter that inherits its keychain rights.
    [FuseV1Options.RunAsNode]: false,
    // No cookies are kept, and on macOS this would touch the keychain.
    [FuseV1Options.EnableCookieEncryption]: false,
    // NODE_OPTIONS and NODE_EXTRA_CA_CERTS could add code or trust from outside.
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: inspect,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    // The app refuses to start with it while there is no snapshot of our own.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // The window has app:// and needs no file://.
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  };
}

/** Flips the fuses of a binary and reads them back. Throws when Electron has a fuse that nobody decided. */
export async function flip(path, options = {}) {
  await flipFuses(path, fuses(options));
  const { version: _version, ...wire } = await getCurrentFuseWire(path);
  const unknown = Object.keys(wire).filter((index) => Number(index) > WASM_TRAP_HANDLERS);
  if (unknown.length > 0) throw new Error(`Electron has a fuse that is not decided here: ${unknown.join(', ')}`);
  if (WASM_TRAP_HANDLERS in wire && wire[WASM_TRAP_HANDLERS] !== ENABLED) throw new Error('WasmTrapHandlers is off');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [path] = process.argv.slice(2);
  if (!path) {
    console.error('Usage: node scripts/fuses.js PATH-TO-ELECTRON [--inspect]');
    process.exit(2);
  }
  await flip(path, { inspect: process.argv.includes('--inspect') });
}
