/** What `process.report` says; `excludeEnv` is there from Node 22 on. */
interface ReportSettings {
  readonly reportOnFatalError?: boolean;
  readonly reportOnUncaughtException?: boolean;
  readonly reportOnSignal?: boolean;
  readonly excludeEnv?: boolean;
}

/**
 * Settings of this process that print keys whatever a library does, for a warning at boot in
 * production: Node's own debug output writes request headers to stderr, and a diagnostic report
 * holds every environment variable.
 */
export function leaks(
  env: NodeJS.ProcessEnv = process.env,
  report: ReportSettings | undefined = process.report,
): readonly string[] {
  if (env['NODE_ENV'] !== 'production') return [];
  const warnings: string[] = [];
  if (/\b(?:https?|net|tls|http2)\b|\*/i.test(env['NODE_DEBUG'] ?? '')) {
    warnings.push('NODE_DEBUG prints request headers, and with them the secret key; unset it');
  }
  if (writesReports(report) && report?.excludeEnv !== true) {
    warnings.push(
      'Diagnostic reports hold the environment, and with it the secret key; use --report-exclude-env',
    );
  }
  return warnings;
}

function writesReports(report: ReportSettings | undefined): boolean {
  return (
    report?.reportOnFatalError === true ||
    report?.reportOnUncaughtException === true ||
    report?.reportOnSignal === true
  );
}
