import { useState } from 'react';
import type { SecretEdit } from '../../../shared/contract.ts';
import type { AppError } from '../../../shared/errors.ts';
import { applyPreset, presetById } from '../../../shared/presets.ts';
import { useClient } from '../../state/client-context.ts';
import { withSecret } from '../../state/draft-model.ts';
import { noteProduct } from '../../state/products.ts';
import { useRequest } from '../../state/requests.ts';
import { fill as text } from '../../text.ts';
import { useKeychain } from '../keychain/use-keychain.ts';
import { useEditor } from './editor-context.ts';
import { type Filled, type FormContent, mayBeFile, secretsWith, settingsWith, withoutFill } from './fill-model.ts';
import { fromPastedAddress } from './paste-url.ts';

/** A pasted text that no settings could be read from. */
export interface FillFailure {
  error: AppError;
  pasted: string;
}

/** Filling the form in from a pasted address or file, or from a preset, and taking that back. */
export interface Fill {
  filled: Filled | null;
  failure: FillFailure | null;
  isReading: boolean;
  /** Takes a pasted text over; false leaves it to the field. */
  paste: (pasted: string) => boolean;
  preset: (id: string) => void;
  undo: () => void;
  dismiss: () => void;
}

/** Makes the fill of the open form. */
export function useFill(): Fill {
  const { key, settings, secrets, replace } = useEditor();
  const client = useClient();
  const keychain = useKeychain();
  const targets = useRequest('targets.list', {});
  const [filled, setFilled] = useState<Filled | null>(null);
  const [failure, setFailure] = useState<FillFailure | null>(null);
  const [isReading, setReading] = useState(false);
  const storage = keychain.canStore ? 'keychain' : 'session';

  const put = (source: string, after: FormContent, origins: Filled['origins'] = {}, others = 0) => {
    replace(after.settings, after.secrets);
    setFailure(null);
    setFilled({ source, before: { settings, secrets }, after, origins, others });
  };
  const read = async (pasted: string) => {
    setReading(true);
    const result = await client('imports.read', {
      source: { kind: 'text', text: pasted, name: text.pastedName },
      target: null,
    });
    setReading(false);
    if (!result.ok) {
      setFilled(null);
      setFailure({ error: result.error, pasted });
      return;
    }
    const preview = result.value;
    const product = targets.data?.find(({ id }) => id === preview.target)?.name ?? preview.target;
    noteProduct(key, preview.target);
    put(
      text.fromFile(product),
      { settings: settingsWith(settings, preview), secrets: secretsWith(secrets, preview, storage) },
      preview.origins,
      preview.profiles.length - 1,
    );
  };
  const address = (pasted: string): boolean => {
    const found = fromPastedAddress(pasted, settings);
    if (!found) return false;
    const typed: SecretEdit = { action: 'set', kind: 'password', value: found.password, storage };
    const next = found.password ? withSecret([...secrets], 'password', typed) : secrets;
    put(text.fromAddress, { settings: found.settings, secrets: next });
    return true;
  };

  return {
    filled,
    failure,
    isReading,
    paste: (pasted) => {
      if (address(pasted.trim())) return true;
      if (!mayBeFile(pasted)) return false;
      void read(pasted);
      return true;
    },
    preset: (id) => {
      const preset = presetById(id);
      if (preset) put(text.fromPreset(preset.name), { settings: applyPreset(settings, id), secrets });
    },
    undo: () => {
      if (!filled) return;
      const back = withoutFill({ settings, secrets }, filled);
      replace(back.settings, back.secrets);
      setFilled(null);
    },
    dismiss: () => {
      setFilled(null);
      setFailure(null);
    },
  };
}
