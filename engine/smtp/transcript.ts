import { LIMITS } from '../../shared/limits.ts';
import type { TranscriptLine } from '../../shared/report.ts';
import { escapeControls } from '../../shared/text.ts';
import type { RunRedactor } from './redactor.ts';

/** Keeps the dialogue: secrets replaced and controls escaped before a line is stored, bounded in lines and length. */
export class Transcript {
  readonly lines: TranscriptLine[] = [];
  readonly #began = performance.now();
  readonly #redactor: RunRedactor;
  readonly #onLine: (line: TranscriptLine) => void;

  constructor(redactor: RunRedactor, onLine: (line: TranscriptLine) => void) {
    this.#redactor = redactor;
    this.#onLine = onLine;
  }

  /** Adds a text; each of its lines becomes one of the transcript. */
  add(from: TranscriptLine['from'], text: string, encrypted: boolean): void {
    const ms = Math.round(performance.now() - this.#began);
    for (const line of this.#redactor.redact(text).split('\n')) {
      if (this.lines.length >= LIMITS.transcriptLines) return;
      const last = this.lines.length === LIMITS.transcriptLines - 1;
      this.#keep(last ? { ms, from: 'note', text: 'Further lines are not kept.', encrypted } : entry(line));
    }

    function entry(line: string): TranscriptLine {
      return { ms, from, text: escapeControls(line.slice(0, LIMITS.transcriptLine)), encrypted };
    }
  }

  #keep(line: TranscriptLine): void {
    this.lines.push(line);
    this.#onLine(line);
  }
}
