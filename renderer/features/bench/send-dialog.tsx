import { Send } from 'lucide-react';
import { useState } from 'react';
import { formatMailbox, splitAddress } from '../../../shared/address.ts';
import { common, bench as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FieldGroup } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { useEditor } from '../profile/editor-context.ts';
import styles from './send-dialog.module.css';

/** Asks where the test message goes before it is sent. */
export function SendDialog({ onClose }: { onClose: () => void }) {
  const { settings, send } = useEditor();
  const [recipient, setRecipient] = useState(settings.testRecipient || settings.sender.from.address);
  const [wasTried, setTried] = useState(false);
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
          <Button kind="primary" icon={Send} onPress={submit}>
            {text.sendNow}
          </Button>
        </>
      }
    >
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
              if (event.key === 'Enter') submit();
            }}
            {...describedBy}
            {...invalid}
          />
        )}
      </Field>
    </Dialog>
  );
}
