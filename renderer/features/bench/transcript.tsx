import { ChevronDown, ChevronUp, Lock, Search } from 'lucide-react';
import { memo, useMemo, useRef, useState } from 'react';
import { VList, type VListHandle } from 'virtua';
import type { TranscriptLine } from '../../../shared/report.ts';
import { escapeControls } from '../../../shared/text.ts';
import { bench as text } from '../../text.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Fold } from '../../ui/fold.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './transcript.module.css';
import { cutAt, linesWith, nextHit } from './transcript-search.ts';

const LINE_HEIGHT = 20;
const MOST_HEIGHT = 360;

/** The dialogue with the server, word for word, secrets replaced. */
export function Transcript({ lines }: { lines: readonly TranscriptLine[] }) {
  return (
    <div className={styles.transcript}>
      <Fold title={text.transcript} hint={text.transcriptHint(lines.length)} flush>
        <TranscriptLines lines={lines} />
      </Fold>
    </div>
  );
}

/** The lines with a search over them. Only those in view are in the document. */
function TranscriptLines({ lines }: { lines: readonly TranscriptLine[] }) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<VListHandle>(null);
  const hits = useMemo(() => linesWith(lines, query), [lines, query]);
  const current = hits[Math.min(at, hits.length - 1)];

  const show = (hit: number, of: readonly number[]) => {
    setAt(hit);
    const line = of[hit];
    if (line !== undefined) list.current?.scrollToIndex(line, { align: 'center' });
  };
  const search = (next: string) => {
    setQuery(next);
    show(0, linesWith(lines, next));
  };
  const step = (by: 1 | -1) => show(nextHit(at, hits.length, by), hits);
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && query) search('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <div className={styles.searchRow}>
        <div className={styles.search}>
          <Icon of={Search} size={14} />
          <input
            type="search"
            aria-label={text.searchTranscript}
            placeholder={text.searchTranscript}
            value={query}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => search(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <span className={styles.hits} role="status">
            {query.trim() && text.transcriptHits(hits.length === 0 ? 0 : at + 1, hits.length)}
          </span>
        </div>
        <IconButton small icon={ChevronUp} name={text.previousHit} isDisabled={!hits.length} onPress={() => step(-1)} />
        <IconButton small icon={ChevronDown} name={text.nextHit} isDisabled={!hits.length} onPress={() => step(1)} />
      </div>
      <VList
        ref={list}
        className={cx(styles.frame)}
        role="region"
        aria-label={text.transcript}
        tabIndex={0}
        style={{ height: Math.min(MOST_HEIGHT, lines.length * LINE_HEIGHT + 16) }}
        data={lines}
        itemSize={LINE_HEIGHT}
      >
        {(line, index) => <Line key={index} line={line} query={query} isCurrent={index === current} />}
      </VList>
    </>
  );
}

const Line = memo(function Line({
  line,
  query,
  isCurrent,
}: {
  line: TranscriptLine;
  query: string;
  isCurrent: boolean;
}) {
  const { from, ms, encrypted } = line;
  return (
    <div className={cx(styles.line, styles[from], isCurrent && styles.current)}>
      <span className={styles.ms}>{Math.round(ms)}</span>
      <span className={styles.lock}>{encrypted && <Icon of={Lock} size={10} />}</span>
      <span className="unseen">
        {text.sides[from]}
        {encrypted ? `, ${text.encrypted}` : ''}:{' '}
      </span>
      <span className={styles.side} aria-hidden="true">
        {{ client: '→', server: '←', note: '·' }[from]}
      </span>
      <span className={styles.text}>
        {cutAt(escapeControls(line.text), query).map((piece, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name than their place
          index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece,
        )}
      </span>
    </div>
  );
});
