import { useEffect, useId, useRef } from 'react';
import type { DetectProposal } from '../../../shared/detect.ts';
import { hostPort } from '../../../shared/host.ts';
import { SECURITY_WORDS } from '../../../shared/matrix.ts';
import { escapeControls } from '../../../shared/text.ts';
import { detect as text } from '../../text.ts';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Note } from '../../ui/note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './detect.module.css';

/** The proposals to choose from, safest first, with the settings of the chosen one. */
export function Proposals({
  proposals,
  chosen,
  onChosen,
  name,
  onName,
}: {
  proposals: readonly DetectProposal[];
  chosen: number;
  onChosen: (index: number) => void;
  name: string;
  onName: (name: string) => void;
}) {
  const group = useId();
  const section = useRef<HTMLElement>(null);
  // In a small window it stands below the steps, out of sight.
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const proposal = proposals[chosen];
  if (!proposal) return null;
  return (
    <section ref={section} className={styles.proposal} aria-labelledby={`${group}-title`}>
      <h3 id={`${group}-title`}>{text.proposal}</h3>
      <fieldset className={styles.choices} aria-labelledby={`${group}-title`}>
        {proposals.map(({ cell, caution }, index) => (
          <label key={`${cell.host} ${cell.port} ${cell.security}`} className={styles.choice}>
            <input type="radio" name={group} checked={index === chosen} onChange={() => onChosen(index)} />
            <StateMark state={caution === '' ? 'passed' : 'warned'} />
            <code>{hostPort(cell.host, cell.port)}</code>
            <span>{SECURITY_WORDS[cell.security]}</span>
          </label>
        ))}
      </fieldset>
      <Chosen proposal={proposal} />
      <Field label={text.name} error={name.trim() === '' ? text.nameBad : undefined}>
        {({ id, describedBy, invalid }) => (
          <Input
            id={id}
            maxLength={120}
            value={name}
            onChange={(event) => onName(event.target.value)}
            {...describedBy}
            {...invalid}
          />
        )}
      </Field>
    </section>
  );
}

function Chosen({ proposal: { settings, reason, caution, cell } }: { proposal: DetectProposal }) {
  const { signIn, sender } = settings;
  const method = signIn.method === 'none' ? text.noSignIn : text.methods[signIn.method];
  const signInWords = signIn.username === '' ? method : `${method}, ${signIn.username}`;
  return (
    <>
      <p>{escapeControls(reason)}</p>
      {caution !== '' && (
        <Note tone={cell.verdict === 'plain' ? 'failed' : 'warning'} boxed>
          {escapeControls(caution)}
        </Note>
      )}
      <dl className={styles.facts}>
        <div>
          <dt>{text.signIn}</dt>
          <dd>{signInWords}</dd>
        </div>
        {sender.from.address !== '' && (
          <div>
            <dt>{text.from}</dt>
            <dd>{sender.from.address}</dd>
          </div>
        )}
      </dl>
    </>
  );
}
