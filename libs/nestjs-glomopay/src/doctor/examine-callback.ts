import { findingsOf, type Finding } from './finding.js';
import { elsewhere, probe, type Probed } from './probe.js';

const callback = findingsOf('callback route');
/** A callback without a signature: the guard must refuse it before anything else happens. */
const UNSIGNED = '?order_id=order_doctor&payment_id=payt_doctor&status=success';

/** Whether a guarded route stands where the buyer's browser comes back to. */
export async function examineCallback(origin: string, path: string): Promise<Finding> {
  const answer = await unsigned(`${origin}${path}`);
  if (answer === undefined) {
    return callback.fault(`${origin} does not answer`, 'start the application first');
  }
  const { status } = answer;
  if (status === 404) return misplaced(path, await elsewhere(origin, path, unsigned));
  if (status === 400) return callback.fine(`${path} refuses what is not signed`);
  if (status === 303) return callback.fine(`${path} sends what is not signed to a page`);
  if (status === 401 || status === 403) return closed(path, status);
  if (status < 400) {
    return callback.fault(
      `${path} answered ${status} to a callback without a signature`,
      'put @UseGuards(CallbackSignatureGuard) on the route',
    );
  }
  return callback.fault(`${path} answered ${status}`, 'look at the log of the application');
}

function unsigned(url: string): Promise<Probed | undefined> {
  return probe(`${url}${UNSIGNED}`);
}

function misplaced(path: string, found: string | undefined): Finding {
  return callback.fault(
    `no route at ${path}`,
    found === undefined
      ? 'add the route, or correct callbackUrl; a global prefix or version is part of the path'
      : `there is one at ${found}: correct callbackUrl, or exclude the route from the prefix`,
  );
}

function closed(path: string, status: number): Finding {
  return callback.fault(
    `${path} answered ${status} before CallbackSignatureGuard: a global guard is in the way`,
    'mark the route public in the way your guard understands; a browser brings no session token',
  );
}
