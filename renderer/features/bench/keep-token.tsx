import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useAct, useRefresh } from '../../state/requests.ts';
import { bench as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';

/** Stores the refresh token that the token server put in the place of a typed one, which the window never sees. */
export function KeepToken({ profileId }: { profileId: string }) {
  const act = useAct();
  const refresh = useRefresh();
  const [isKept, setKept] = useState(false);
  const keep = async () => {
    const stored = await act('secrets.keepReplaced', { profileId });
    if (!stored) return;
    refresh('profiles.get', 'profiles.list');
    setKept(true);
  };
  return (
    <div role="status">
      {isKept ? (
        <Note>{text.tokenKept}</Note>
      ) : (
        <Button small icon={KeyRound} onPress={() => void keep()}>
          {text.keepToken}
        </Button>
      )}
    </div>
  );
}
