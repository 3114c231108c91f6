/** Reports each time whether the page is hidden, until the function that it returns is called. */
export function watchVisibility(report: (hidden: boolean) => void): () => void {
  const listen = (): void => {
    report(document.hidden);
  };
  document.addEventListener('visibilitychange', listen);
  return () => {
    document.removeEventListener('visibilitychange', listen);
  };
}
