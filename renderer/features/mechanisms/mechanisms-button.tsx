import { KeyRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { mechanisms as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { useEditor } from '../profile/editor-context.ts';

const MechanismsDialog = lazy(async () => ({ default: (await import('./mechanisms-dialog.tsx')).MechanismsDialog }));

/** Opens the search for the mechanisms that work with the settings in the form. */
export function MechanismsButton({ offered }: { offered: readonly string[] }) {
  const { validate } = useEditor();
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <Button small icon={KeyRound} onPress={() => validate(['name']) && setOpen(true)}>
        {text.open}
      </Button>
      <Suspense fallback={null}>
        {isOpen && <MechanismsDialog offered={offered} onClose={() => setOpen(false)} />}
      </Suspense>
    </div>
  );
}
