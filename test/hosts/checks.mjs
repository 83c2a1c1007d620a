// Carries out the checks of a cell one after the other and gives what became of each. A check that
// cannot be carried out because the one before it is needed counts as failed too.
export async function carryOut(checks, subject) {
  const results = [];
  let broken;
  for (const { title, check, isNeeded = false } of checks) {
    const failure = broken ?? (await failureOf(() => check(subject)));
    results.push({ title, failure });
    if (isNeeded && failure !== undefined) broken ??= `not carried out: "${title}" failed`;
  }
  return results;
}

async function failureOf(check) {
  try {
    await check();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
