import { useEffect } from 'react';
import { openDialog, useUi } from '../state/ui.ts';

/** Takes a file that is dropped anywhere in the window to the import dialog, and keeps the browser from opening it. */
export function useWindowDrop(): void {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      document.documentElement.dataset.dragging = '';
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) delete document.documentElement.dataset.dragging;
    };
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      delete document.documentElement.dataset.dragging;
      if (!file) return;
      event.preventDefault();
      useUi.setState({ dropped: file });
      openDialog('import');
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
}
