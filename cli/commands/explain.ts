import { LIMITS } from '../../shared/limits.ts';
import { STAGES } from '../../shared/report.ts';
import { isStdin, readBoundedFile } from '../bounded-file.ts';
import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type CliResult, usage } from '../failure.ts';
import { fixOptions } from '../fix-command.ts';
import type { Io } from '../io.ts';
import { diagnosisLines } from '../output/report.ts';
import { SECURITY_OPTION } from '../settings-table.ts';
import { commandLine } from '../shell.ts';

export const explain = defineCommand({
  usage: '[FILE] [--host HOST] [--port PORT] [--security MODE] [--stage STAGE]',
  details: [
    'Says what an error text, a reply line or a log excerpt means and what to do. The text comes from stdin or from FILE; what is known of the connection makes the answer sharper.',
    'Exit code 0: explained. 1: no rule knows this text.',
  ],
  options: {
    host: { kind: 'text', value: 'HOST', help: 'Mail server that it is about.' },
    port: { kind: 'number', value: 'PORT', range: [1, 65_535], help: 'Its port.' },
    security: { ...SECURITY_OPTION, help: 'Security that was used: none, starttls-if-offered, starttls or tls.' },
    stage: { kind: 'text', value: 'STAGE', choices: STAGES, help: 'Stage in which it happened.' },
  },
  positionals: [0, 1],
  examples: [
    "echo '535 5.7.8 Error: authentication failed' | relaysmith explain",
    'relaysmith explain mail.log --port 465',
  ],
  async run({ engine, values, positionals, io, style, print, printJson }) {
    const text = await readText(io, positionals[0]);
    if (!text.ok) return text;
    const { client } = await engine();
    const result = await client('diagnoses.explain', {
      text: text.value,
      host: values.host ?? null,
      port: values.port ?? null,
      security: values.security ?? null,
      stage: values.stage ?? null,
    });
    if (!result.ok) return result;
    printJson({ diagnosis: result.value });
    if (!result.value) {
      print('No rule knows this text. Try the line in which the server’s reply stands, such as "550 5.7.1 …".');
      return { ok: true, value: EXIT.failed };
    }
    const { fix } = result.value;
    const command = fix ? commandLine(['relaysmith', 'edit', 'PROFILE', ...fixOptions(fix)]) : null;
    for (const line of diagnosisLines(result.value, null, command, style, io.stdout.columns)) print(line);
    return { ok: true, value: EXIT.ok };
  },
});

async function readText(io: Io, path: string | undefined): Promise<CliResult<string>> {
  if (path === undefined || isStdin(path)) {
    if (io.canAsk) io.stderr.write('Paste the text, then press Ctrl-D.\n');
    const bytes = await io.readStdin(LIMITS.explainChars);
    return bytes ? textOf(bytes) : tooLong();
  }
  const read = await readBoundedFile(path, LIMITS.explainChars);
  if (read.ok) return textOf(read.value);
  if (read.error.code === 'INPUT_TOO_LARGE') return tooLong();
  const isText = read.error.code === 'FILE_NOT_FOUND' && /\s/.test(path);
  return isText ? usage('There is no such file.', 'A text goes to stdin: echo "535 …" | relaysmith explain') : read;
}

function textOf(bytes: Buffer): CliResult<string> {
  // Lenient, since logs mix encodings; UTF-16 is what `command > file` writes in Windows PowerShell.
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes).trim();
  return text === '' ? usage('There is no text to explain.', 'Pipe it in, or name a file.') : { ok: true, value: text };
}

function tooLong(): CliResult<never> {
  return usage(`The text is longer than ${LIMITS.explainChars} bytes.`, 'Take the lines around the error.');
}
