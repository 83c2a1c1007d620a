/** Whether a URL's host name means this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|[a-z0-9.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}
