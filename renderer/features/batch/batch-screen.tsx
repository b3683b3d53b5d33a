import { ListChecks, RotateCcw, Save, Square } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { BATCH_LIMITS, type BatchChoice } from '../../../shared/batch.ts';
import { type Batch, startBatch, useBatch } from '../../state/batch.ts';
import { useClient } from '../../state/client-context.ts';
import { errorText, useRefresh, useRequest } from '../../state/requests.ts';
import { batch as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { count, duration } from '../../ui/format.ts';
import { Note } from '../../ui/note.tsx';
import { Screen } from '../../ui/screen.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './batch.module.css';
import { ResultTable } from './result-table.tsx';
import { SaveResultDialog } from './save-result.tsx';
import {
  countWords,
  type Filter,
  filtered,
  type Sort,
  sorted,
  type TableRow,
  tableRows,
  worthAgain,
} from './table-model.ts';

/** Tests many profiles at once: a table that fills while they run, to be filtered, sorted, saved and tried again. */
export function BatchScreen({ ids }: { ids: readonly string[] | null }) {
  const batch = useBatch((state) => state.batch);
  const [isSaving, setSaving] = useState(false);
  const rows = useMemo(() => (batch ? tableRows(batch, errorText) : []), [batch]);
  useEffect(() => {
    document.title = `${text.title} · Relaysmith`;
  }, []);
  return (
    <Screen
      title={text.title}
      intro={text.intro}
      actions={<Actions batch={batch} rows={rows} onSave={() => setSaving(true)} />}
    >
      {!batch?.isRunning && <Start key={ids?.join() ?? ''} ids={ids} hasRun={batch !== null} />}
      {batch?.error && (
        <Note tone="failed" boxed>
          {errorText(batch.error)}
        </Note>
      )}
      {batch && !batch.error && <Results batch={batch} rows={rows} />}
      {isSaving && batch?.report && <SaveResultDialog report={batch.report} onClose={() => setSaving(false)} />}
    </Screen>
  );
}

function useStart() {
  const client = useClient();
  const refresh = useRefresh();
  return (choice: BatchChoice) => void startBatch(client, choice).then(() => refresh('profiles.list', 'history.list'));
}

function Actions({ batch, rows, onSave }: { batch: Batch | null; rows: readonly TableRow[]; onSave: () => void }) {
  const start = useStart();
  if (!batch) return null;
  if (batch.isRunning) {
    return (
      <Button icon={Square} onPress={batch.cancel} keys="Escape">
        {text.cancel}
      </Button>
    );
  }
  const again = worthAgain(rows);
  return (
    <>
      {again.length > 0 && (
        <Button icon={RotateCcw} onPress={() => start({ kind: 'chosen', ids: again })}>
          {text.someAgain(again.length)}
        </Button>
      )}
      {batch.report && (
        <Button icon={Save} onPress={onSave}>
          {text.save}
        </Button>
      )}
    </>
  );
}

/** What to test, and how many at a time. */
function Start({ ids, hasRun }: { ids: readonly string[] | null; hasRun: boolean }) {
  const start = useStart();
  const profiles = useRequest('profiles.list', {}).data ?? [];
  const { concurrency, perHost } = useBatch();
  const [kind, setKind] = useState<BatchChoice['kind']>(ids ? 'chosen' : 'active');
  const amounts = {
    active: profiles.filter(({ status }) => status === 'active').length,
    all: profiles.length,
    chosen: ids?.length ?? 0,
  };
  const kinds = (['active', 'all', ...(ids ? (['chosen'] as const) : [])] as const).map((value) => ({
    value,
    label: text.kinds[value](amounts[value]),
  }));
  const choice: BatchChoice = kind === 'chosen' ? { kind, ids: [...(ids ?? [])] } : { kind };
  return (
    <section className={styles.start} aria-label={text.which}>
      <Segmented label={text.which} choices={kinds} value={kind} onChange={setKind} />
      <Amount
        label={text.concurrency}
        value={concurrency}
        max={BATCH_LIMITS.concurrency.max}
        onChange={(value) => useBatch.setState({ concurrency: value })}
      />
      <Amount
        label={text.perHost}
        value={perHost}
        max={BATCH_LIMITS.perHost.max}
        onChange={(value) => useBatch.setState({ perHost: value })}
      />
      <Button
        icon={ListChecks}
        kind={hasRun ? 'plain' : 'primary'}
        isDisabled={amounts[kind] === 0}
        onPress={() => start(choice)}
      >
        {text.start(amounts[kind])}
      </Button>
      <p className={styles.soft}>{profiles.length === 0 ? text.empty : text.polite}</p>
    </section>
  );
}

function Amount({
  label,
  value,
  max,
  onChange,
}: {
  label: string;
  value: number;
  max: number;
  onChange: (value: number) => void;
}) {
  const steps = [1, 2, 4, 8, 16, 32, 64, 128, 256].filter((step) => step <= max);
  return (
    <Field label={label}>
      {({ id, describedBy }) => (
        <Select
          id={id}
          className={styles.amount ?? ''}
          choices={steps.map((step) => ({ value: String(step), label: count(step) }))}
          value={String(value)}
          onChange={(next) => onChange(Number(next))}
          {...describedBy}
        />
      )}
    </Field>
  );
}

function Results({ batch, rows }: { batch: Batch; rows: readonly TableRow[] }) {
  const [filter, setFilter] = useState<Filter>('all');
  const [sort, setSort] = useState<Sort>(null);
  const shown = useMemo(() => sorted(filtered(rows, filter), sort), [rows, filter, sort]);
  const filters = (['all', 'look', 'fine'] as const).map((value) => ({
    value,
    label: text.filters[value](filtered(rows, value).length),
  }));
  return (
    <>
      <ProgressLine batch={batch} rows={rows} />
      <div className={styles.filters}>
        <Segmented label={text.filter} choices={filters} value={filter} onChange={setFilter} />
      </div>
      <ResultTable rows={shown} sort={sort} onSort={setSort} />
    </>
  );
}

function ProgressLine({ batch, rows }: { batch: Batch; rows: readonly TableRow[] }) {
  const { isRunning, report, items } = batch;
  const done = batch.rows.size;
  const time = report ? duration(report.ms) : '';
  const end = report ? (report.cancelled ? text.cancelledAfter(time) : text.took(time)) : '';
  return (
    <div className={styles.progress}>
      {isRunning && <progress aria-label={text.progress} value={done} max={Math.max(1, items.length)} />}
      <p>
        <span className={styles.done}>{text.done(done, items.length)}</span> {countWords(rows)}
        {end && <span className={styles.soft}> {end}</span>}
      </p>
      {/* Read out at the end only, not at each of hundreds of profiles. */}
      <p role="status" className="unseen">
        {isRunning ? text.running : `${countWords(rows)}. ${end}`}
      </p>
    </div>
  );
}
