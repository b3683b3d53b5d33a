import { Save } from 'lucide-react';
import { useState } from 'react';
import type { CertificateInfo } from '../../../shared/certificate.ts';
import { useClient } from '../../state/client-context.ts';
import { useRuns } from '../../state/runs.ts';
import { certificate as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SaveAs } from '../files/save-as.tsx';
import { useEditor } from '../profile/editor-context.ts';
import styles from './certificate.module.css';

/** Copies or saves the certificates of the last run as PEM, the server's own first. */
export function ChainExport({ chain }: { chain: readonly CertificateInfo[] }) {
  const client = useClient();
  const { key, settings } = useEditor();
  const runId = useRuns(({ runs }) => runs[key]?.report?.id);
  const [isSaving, setSaving] = useState(false);
  const pem = chain.map((each) => each.pem).join('');
  return (
    <div className={styles.buttons}>
      <CopyButton name={text.copyChain} text={() => pem} />
      {runId && (
        <Button small kind="quiet" icon={Save} onPress={() => setSaving(true)}>
          {text.saveChain}
        </Button>
      )}
      {isSaving && runId && (
        <Dialog
          title={text.saveTitle}
          intro={text.saveIntro}
          onClose={() => setSaving(false)}
          footer={
            <SaveAs
              suggestedName={`${settings.server.host.replace(/[^\w.-]/g, '-') || 'server'}-chain.pem`}
              text={pem}
              write={(destination, followLink) =>
                client('reports.saveChain', { report: { kind: 'session', runId }, destination, followLink })
              }
            />
          }
        >
          <ol className={styles.saved}>
            {chain.map(({ subject, fingerprint }) => (
              <li key={fingerprint}>{subject}</li>
            ))}
          </ol>
        </Dialog>
      )}
    </div>
  );
}
