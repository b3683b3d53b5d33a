import { Send } from 'lucide-react';
import { useRef, useState } from 'react';
import { formatMailbox, splitAddress } from '../../../shared/address.ts';
import { common, bench as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FieldGroup } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Note } from '../../ui/note.tsx';
import { useEditor } from '../profile/editor-context.ts';
import styles from './send-dialog.module.css';

/** Asks where the test message goes before it is sent. From a production profile only the button sends, and it says so. */
export function SendDialog({ onClose }: { onClose: () => void }) {
  const { settings, send } = useEditor();
  const [recipient, setRecipient] = useState(settings.testRecipient || settings.sender.from.address);
  const [wasTried, setTried] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const isProduction = settings.environment === 'production';
  const isGood = splitAddress(recipient.trim()) !== null;
  const submit = () => {
    setTried(true);
    if (!isGood) return;
    onClose();
    send(recipient.trim());
  };
  return (
    <Dialog
      title={text.recipientTitle}
      intro={text.recipientIntro}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{common.cancel}</Button>
          <Button ref={button} kind={isProduction ? 'danger' : 'primary'} icon={Send} onPress={submit}>
            {isProduction ? text.sendProduction : text.sendNow}
          </Button>
        </>
      }
    >
      {isProduction && (
        <Note tone="warning" boxed>
          {text.production}
        </Note>
      )}
      <FieldGroup label={text.from}>
        <p className={styles.from}>
          <bdi>{formatMailbox(settings.sender.from) || text.noFrom}</bdi>
        </p>
      </FieldGroup>
      <Field label={text.recipient} error={wasTried && !isGood ? text.recipientBad : undefined}>
        {({ id, describedBy, invalid }) => (
          <Input
            id={id}
            mono
            autoFocus
            value={recipient}
            onChange={(event) => setRecipient(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              // The habit of pressing Enter is no confirmation.
              event.preventDefault();
              if (isProduction) button.current?.focus();
              else submit();
            }}
            {...describedBy}
            {...invalid}
          />
        )}
      </Field>
    </Dialog>
  );
}
