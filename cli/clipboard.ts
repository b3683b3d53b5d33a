import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ClipboardPort } from '../engine/ports.ts';
import { appErrorOf, type ErrorFacts } from '../shared/errors.ts';
import { fail, ok } from '../shared/result.ts';
import type { Io } from './io.ts';

/** A program of the system that reaches the clipboard. A text goes in through stdin, never as an argument. */
interface Tool {
  copy: readonly [program: string, ...args: string[]];
  paste: readonly [program: string, ...args: string[]];
  encoding: 'utf8' | 'utf16le';
}

type Reason = ErrorFacts<'CLIPBOARD_UNAVAILABLE'>['reason'];

/** Longest wait for a program; a text that is larger than the longest secret is not read back. */
const TIME_LIMIT_MS = 5_000;
const MAX_READ = 1_048_576;
const ARRIVAL_ATTEMPTS = 20;
const ARRIVAL_PAUSE_MS = 50;

const WAYLAND: Tool = { copy: ['wl-copy'], paste: ['wl-paste', '--no-newline'], encoding: 'utf8' };
const X11: readonly Tool[] = [
  {
    copy: ['xclip', '-selection', 'clipboard', '-in'],
    paste: ['xclip', '-selection', 'clipboard', '-out'],
    encoding: 'utf8',
  },
  { copy: ['xsel', '--clipboard', '--input'], paste: ['xsel', '--clipboard', '--output'], encoding: 'utf8' },
];
const MAC: Tool = { copy: ['pbcopy'], paste: ['pbpaste'], encoding: 'utf8' };
/** clip.exe takes UTF-16 as it is and any other text in the console's code page. */
const WINDOWS: Tool = {
  copy: ['clip.exe'],
  paste: [
    'powershell.exe',
    '-NoProfile',
    '-Command',
    '[Console]::OutputEncoding = [Text.Encoding]::UTF8; [Console]::Out.Write((Get-Clipboard -Raw))',
  ],
  encoding: 'utf16le',
};

/** The clipboard of this machine, by the programs that its system has for it. */
export function localClipboard({ env, platform }: Pick<Io, 'env' | 'platform'>): ClipboardPort {
  return {
    write: async (text) => {
      const tool = findTool(env, platform);
      if (typeof tool === 'string') return fail(appErrorOf('CLIPBOARD_UNAVAILABLE', { reason: tool }));
      const wrote = await run(tool.copy, env, Buffer.from(text, tool.encoding));
      const isThere = wrote !== null && (text === '' || (await arrives(text, () => run(tool.paste, env, null))));
      return isThere ? ok(undefined) : fail(appErrorOf('CLIPBOARD_UNAVAILABLE', { reason: 'refused' }));
    },
    read: async () => {
      const tool = findTool(env, platform);
      return typeof tool === 'string' ? null : run(tool.paste, env, null);
    },
  };
}

/** Waits until the clipboard holds a text: xsel ends before its child has taken the selection. */
async function arrives(text: string, read: () => Promise<string | null>): Promise<boolean> {
  for (let attempt = 0; attempt < ARRIVAL_ATTEMPTS; attempt++) {
    if ((await read()) === text) return true;
    await setTimeout(ARRIVAL_PAUSE_MS);
  }
  return false;
}

function findTool(env: Io['env'], platform: NodeJS.Platform): Tool | Reason {
  const tools = toolsOf(env, platform);
  if (tools.length === 0) return 'no-display';
  return tools.find(({ copy: [program] }) => isOnPath(program, env)) ?? 'no-tool';
}

function toolsOf(env: Io['env'], platform: NodeJS.Platform): readonly Tool[] {
  if (platform === 'darwin') return [MAC];
  if (platform === 'win32') return [WINDOWS];
  return [
    ...(env.WAYLAND_DISPLAY ? [WAYLAND] : []),
    ...(env.DISPLAY ? X11 : []),
    ...(env.WSL_DISTRO_NAME ? [WINDOWS] : []),
  ];
}

function isOnPath(program: string, env: Io['env']): boolean {
  return (env.PATH ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return directory !== '';
    } catch {
      return false;
    }
  });
}

/**
 * Runs a program, with `input` on its stdin or, when that is null, to read its stdout. Returns what it wrote, '' after
 * an input, or null when it failed or took too long. On X11 and Wayland the program that copies leaves a child
 * behind, which holds the text until another program copies; so its end is waited for and its output is not.
 */
function run([program, ...args]: Tool['copy'], env: Io['env'], input: Buffer | null): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: env as NodeJS.ProcessEnv,
      stdio: [input ? 'pipe' : 'ignore', input ? 'ignore' : 'pipe', 'ignore'],
      timeout: TIME_LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    const chunks: Buffer[] = [];
    let size = 0;
    child.on('error', () => resolve(null));
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_READ) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.on(input ? 'exit' : 'close', (code) => resolve(code === 0 ? Buffer.concat(chunks).toString('utf8') : null));
    // A program that ends before it read everything is told by its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
