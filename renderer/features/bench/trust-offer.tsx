import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { CertificateInfo } from '../../../shared/certificate.ts';
import { escapeControls } from '../../../shared/text.ts';
import { trustFix } from '../../../shared/trust.ts';
import { bench, common, certificate as names, trusting as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { day } from '../../ui/format.ts';
import { useEditor } from '../profile/editor-context.ts';
import styles from './certificate.module.css';

/** Trusts a private CA for this profile: one click, but only after a look at whom and at the fingerprint. */
export function TrustOffer({ certificate }: { certificate: CertificateInfo }) {
  const { settings, apply, check } = useEditor();
  const [state, setState] = useState<'offered' | 'asked' | 'trusted'>('offered');
  const isCa = certificate.isCa;
  if (state === 'trusted') {
    return (
      <div>
        <Button kind="primary" icon={ShieldCheck} onPress={() => void check()}>
          {bench.checkAgain}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <Button kind="primary" icon={ShieldCheck} onPress={() => setState('asked')}>
        {isCa ? text.offer : text.offerSelf}…
      </Button>
      {state === 'asked' && (
        <Dialog
          title={isCa ? text.title : text.titleSelf}
          intro={text.intro}
          onClose={() => setState('offered')}
          footer={
            <>
              <Button onPress={() => setState('offered')}>{common.cancel}</Button>
              <Button
                kind="primary"
                icon={ShieldCheck}
                onPress={() => {
                  apply(trustFix(settings, certificate));
                  setState('trusted');
                }}
              >
                {isCa ? text.offer : text.offerSelf}
              </Button>
            </>
          }
        >
          <dl className={styles.details}>
            <dt>{text.subject}</dt>
            <dd>
              <bdi>{escapeControls(certificate.subject)}</bdi>
            </dd>
            <dt>{text.fingerprint}</dt>
            <dd className={styles.print}>{certificate.fingerprint}</dd>
            <dt>{text.valid}</dt>
            <dd>{names.range(day(certificate.validFrom), day(certificate.validTo))}</dd>
          </dl>
          <p className={styles.scope}>{text.scope}</p>
        </Dialog>
      )}
    </div>
  );
}
