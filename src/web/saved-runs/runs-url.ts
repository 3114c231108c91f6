/** The URL of the runs, which the server writes into the page; null on a static host, which has none. */
export const runsUrl = (): string | null =>
  document.querySelector<HTMLMetaElement>('meta[name=meander-runs]')?.content ?? null;
