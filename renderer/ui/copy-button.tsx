import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from '../state/toasts.ts';
import { common } from '../text.ts';
import { Button, IconButton } from './button.tsx';

/** Copies a text; the icon says for a moment that it did. */
export function CopyButton({
  text,
  name,
  isDisabled = false,
  iconOnly = false,
}: {
  text: () => string;
  name: string;
  isDisabled?: boolean;
  iconOnly?: boolean;
}) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 1_600);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = () => {
    navigator.clipboard.writeText(text()).then(
      () => {
        setDone(true);
        toast.say(common.copied);
      },
      () => toast.say(common.notCopied),
    );
  };
  const icon = done ? Check : Copy;
  if (iconOnly) return <IconButton small icon={icon} name={name} onPress={copy} isDisabled={isDisabled} />;
  return (
    <Button small kind="quiet" icon={icon} onPress={copy} isDisabled={isDisabled}>
      {name}
    </Button>
  );
}
