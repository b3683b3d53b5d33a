import { createInterface } from 'node:readline/promises';

/** Asks for one line with echo; null on Ctrl-C or end of input. */
export async function askLine(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  question: string,
): Promise<string | null> {
  const lines = createInterface({ input, output });
  const interrupted = new Promise<null>((resolve) => {
    lines.once('SIGINT', () => resolve(null));
    lines.once('close', () => resolve(null));
  });
  try {
    return await Promise.race([lines.question(question), interrupted]);
  } finally {
    lines.close();
  }
}

/** Asks for one line without echo (raw mode, so that not even a terminal's scrollback has it); null on Ctrl-C. */
export function askSecret(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  question: string,
): Promise<string | null> {
  output.write(question);
  input.setRawMode(true);
  input.setEncoding('utf8');
  input.resume();
  return new Promise((resolve) => {
    let typed = '';
    const finish = (answer: string | null) => {
      input.off('data', read);
      input.off('end', end);
      input.setRawMode(false);
      input.pause();
      output.write('\n');
      resolve(answer);
    };
    const end = () => finish(null);
    const read = (chunk: string) => {
      for (const char of chunk) {
        if (char === '\r' || char === '\n') return finish(typed);
        if (char === CTRL_C || (char === CTRL_D && typed === '')) return finish(null);
        if (char === CTRL_U) typed = '';
        else if (char === BACKSPACE || char === DELETE) typed = [...typed].slice(0, -1).join('');
        else if (char >= ' ') typed += char;
      }
    };
    input.on('data', read);
    input.on('end', end);
  });
}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_U = '\u0015';
const BACKSPACE = '\b';
const DELETE = '\u007f';
