import { FileClock } from 'lucide-react';
import { useState } from 'react';
import type { ReportRef } from '../../../shared/contract.ts';
import { useAct, useRequest } from '../../state/requests.ts';
import { practice as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { TypedPath, useTypedPath } from '../files/typed-path.tsx';
import styles from './practice.module.css';

/** Opens a report that was saved as JSON and hands it over to be replayed. */
export function ReplayReport({ onReplay }: { onReplay: (report: ReportRef) => void }) {
  const act = useAct();
  const typesPaths = useTypedPath();
  // Until this is known, nobody can tell whether there is a file dialog.
  const isKnown = useRequest('app.info', {}).data !== undefined;
  const [isAsking, setAsking] = useState(false);
  const open = async (path: string | null) => {
    const file = await act('files.open', { purpose: 'report', path });
    const report = file && (await act('reports.open', { token: file.token }));
    if (!report) return;
    setAsking(false);
    onReplay({ kind: 'session', runId: report.summary.runId });
  };
  return (
    <div className={styles.replay}>
      {isAsking ? (
        <TypedPath
          label={text.replayPath}
          placeholder="/tmp/report.json"
          verb={text.replayVerb}
          onPath={(path) => void open(path)}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <Button
          icon={FileClock}
          kind="quiet"
          isDisabled={!isKnown}
          onPress={() => (typesPaths ? setAsking(true) : void open(null))}
        >
          {text.replay}
        </Button>
      )}
      <p className={styles.soft}>{text.replayHelp}</p>
    </div>
  );
}
