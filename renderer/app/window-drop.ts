import { useEffect } from 'react';
import { droppedFiles } from '../state/dropped-files.ts';
import { receiveDropped } from '../state/incoming.ts';
import { toast } from '../state/toasts.ts';
import { importMany as text } from '../text.ts';

/** Takes files that are dropped anywhere in the window to the dialog that reads them, and keeps the browser from opening it. */
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
      delete document.documentElement.dataset.dragging;
      if (!event.dataTransfer || event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      void droppedFiles(event.dataTransfer).then((files) => (files ? receiveDropped(files) : toast.say(text.tooLarge)));
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
