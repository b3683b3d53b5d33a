import { Grid3x3 } from 'lucide-react';
import { matrix as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { useEditor } from '../profile/editor-context.ts';
import { openMatrix } from './open-matrix.ts';

/** Opens the matrix for the settings in the form. */
export function MatrixButton() {
  const { key, validate } = useEditor();
  return (
    <div>
      <Button small icon={Grid3x3} onPress={() => validate(['name']) && openMatrix(key)}>
        {text.open}
      </Button>
    </div>
  );
}
