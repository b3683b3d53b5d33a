import { Radar } from 'lucide-react';
import { openDialog } from '../../state/ui.ts';
import { detect as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';

/** The way to a profile for somebody who knows no host and no port. */
export function DetectOffer() {
  return (
    <Note
      action={
        <Button small icon={Radar} onPress={() => openDialog('detect')}>
          {text.open}
        </Button>
      }
    >
      {text.knowAddress}
    </Note>
  );
}
