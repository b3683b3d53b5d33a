import { Plus, X } from 'lucide-react';
import { LIMITS } from '../../../shared/limits.ts';
import { common, fieldLabel, form as text } from '../../text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { FieldGroup } from '../../ui/field.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Input } from '../../ui/input.tsx';
import { useEditor } from './editor-context.ts';
import { FieldNames } from './field-names.tsx';
import styles from './fields.module.css';
import { SwitchField, TextField } from './fields.tsx';
import { ListField } from './list-field.tsx';

/** Whom the mail comes from. */
export function SenderSection() {
  const { settings, problems, attempted, advice } = useEditor();
  const { replyTo, envelopeFrom, errorsTo, cc, bcc, headers, relayAllowed } = settings.sender;
  const isInside = (field: string) => field.startsWith('sender.') && !field.startsWith('sender.from');
  const isNeeded =
    (attempted && problems.some(({ field }) => isInside(field))) || advice.some(({ field }) => isInside(field));
  const used = [replyTo.address, envelopeFrom, errorsTo, cc.length, bcc.length, headers.length, relayAllowed].filter(
    Boolean,
  );
  return (
    <>
      <TextField name="sender.from.address" mono placeholder="alerts@example.com" />
      <TextField name="sender.from.name" />
      <Fold
        title={text.senderMore}
        isNeeded={isNeeded || used.length > 0}
        hint={used.length > 0 ? text.set(used.length) : undefined}
      >
        <TextField name="sender.replyTo.address" mono />
        <TextField name="sender.replyTo.name" />
        <TextField name="sender.envelopeFrom" mono help={text.envelopeHelp} />
        <TextField name="sender.errorsTo" mono />
        <ListField name="sender.cc" />
        <ListField name="sender.bcc" />
        <HeaderFields />
        <SwitchField name="sender.relayAllowed" help={text.relayHelp} />
        {relayAllowed && <ListField name="sender.relayDomains" />}
      </Fold>
    </>
  );
}

function HeaderFields() {
  const { settings, set, touch, errorOf } = useEditor();
  const { headers } = settings.sender;
  const label = fieldLabel('sender.headers');
  return (
    <FieldGroup label={label} aside={<FieldNames field="sender.headers" label={label} />}>
      <div className={styles.headers}>
        {headers.map((header, index) => {
          const at = `sender.headers.${index}`;
          const problem = errorOf(`${at}.name`) ?? errorOf(`${at}.value`);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: headers have no identity but their place
            <div key={index}>
              <div className={styles.headerRow}>
                <Input
                  mono
                  data-field={`${at}.name`}
                  aria-label={text.headerName}
                  placeholder="X-Mailer"
                  aria-invalid={problem !== undefined}
                  value={header.name}
                  onBlur={() => header.name !== '' && touch(`${at}.name`)}
                  onChange={(event) => set(`${at}.name`, event.target.value)}
                />
                <Input
                  mono
                  data-field={`${at}.value`}
                  aria-label={text.headerValue}
                  value={header.value}
                  onBlur={() => header.value !== '' && touch(`${at}.value`)}
                  onChange={(event) => set(`${at}.value`, event.target.value)}
                />
                <IconButton
                  icon={X}
                  name={common.remove(text.header(index + 1))}
                  onPress={() =>
                    set(
                      'sender.headers',
                      headers.filter((_, each) => each !== index),
                    )
                  }
                />
              </div>
              {problem && <p className={styles.wrong}>{problem}</p>}
            </div>
          );
        })}
        {headers.length < LIMITS.headers && (
          <div>
            <Button small icon={Plus} onPress={() => set('sender.headers', [...headers, { name: '', value: '' }])}>
              {text.addHeader}
            </Button>
          </div>
        )}
      </div>
    </FieldGroup>
  );
}
