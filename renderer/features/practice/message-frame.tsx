import { useEffect, useMemo, useRef } from 'react';
import { practice as text } from '../../text.ts';
import styles from './message.module.css';
import { messageDocument, showDocument } from './message-document.ts';

/** HTML of a message in a frame of its own origin that runs no script, loads nothing and leads nowhere. */
export function MessageFrame({ html }: { html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const page = useMemo(() => messageDocument(html, { image: text.image, language: 'en' }), [html]);
  useEffect(() => {
    if (frame.current) showDocument(frame.current, page);
  }, [page]);
  return (
    <div className={styles.html}>
      <p className={styles.soft}>{text.htmlNote}</p>
      <iframe ref={frame} title={text.htmlFrame} sandbox="" referrerPolicy="no-referrer" className={styles.frame} />
    </div>
  );
}
