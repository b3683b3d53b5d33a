import { useState } from 'react';
import type { RequestInput } from '../../../shared/contract.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { receive, receiveChosen } from '../../state/incoming.ts';
import { useAct, useRequest } from '../../state/requests.ts';
import { common, importMany, many, importing as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { DropArea } from '../../ui/drop-area.tsx';
import { Field } from '../../ui/field.tsx';
import { TextArea } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { TypedPath, useTypedPath } from '../files/typed-path.tsx';

type Source = RequestInput<'imports.read'>['source'];

/** Where the settings come from: a dropped file, a chosen one, or pasted text. */
export function ImportSource({
  onSource,
  offersTarget,
}: {
  onSource: (source: Source, target: string | null) => void;
  /** Lets the user name the product, after it was not recognised. */
  offersTarget: boolean;
}) {
  const act = useAct();
  const typesPaths = useTypedPath();
  const targets = useRequest('targets.list', {});
  const [asking, setAsking] = useState<'file' | 'folder' | null>(null);
  const [pasted, setPasted] = useState('');
  const [target, setTarget] = useState('');
  const give = (source: Source) => onSource(source, target || null);

  const open = async (path: string | null) => {
    const file = await act('files.open', { purpose: 'import', path });
    if (file && receiveChosen(file.token, file.name) === null) give({ kind: 'file', token: file.token });
  };
  const openFolder = async (path: string | null) => {
    const folder = await act('files.folder', { purpose: 'import', path });
    if (folder) receive('importMany', { kind: 'path', token: folder.token, name: folder.name });
  };
  return (
    <>
      <DropArea words={text.drop}>
        <Button onPress={() => (typesPaths ? setAsking('file') : void open(null))}>{text.choose}</Button>
        <Button onPress={() => (typesPaths ? setAsking('folder') : void openFolder(null))}>{importMany.folder}</Button>
      </DropArea>
      {asking && (
        <TypedPath
          key={asking}
          {...(asking === 'folder' && { label: many.folder, placeholder: '/srv/…' })}
          verb={common.open}
          onPath={(path) => void (asking === 'folder' ? openFolder(path) : open(path))}
          onCancel={() => setAsking(null)}
        />
      )}
      <Field label={text.paste} stacked>
        {({ id }) => (
          <TextArea
            id={id}
            mono
            rows={8}
            maxLength={LIMITS.pasteChars}
            placeholder={text.pastePlaceholder}
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
          />
        )}
      </Field>
      {offersTarget && (
        <Field label={text.target} stacked>
          {({ id }) => (
            <Select
              id={id}
              choices={[
                { value: '', label: '–' },
                ...(targets.data ?? []).map(({ id: value, name }) => ({ value, label: name })),
              ]}
              value={target}
              onChange={setTarget}
            />
          )}
        </Field>
      )}
      <div>
        <Button
          kind={pasted ? 'primary' : 'plain'}
          isDisabled={pasted.trim() === ''}
          onPress={() => give({ kind: 'text', text: pasted, name: text.pastedName })}
        >
          {text.read}
        </Button>
      </div>
    </>
  );
}
