// Who signed in last in this browser, as the log-in told it (drivers/receivers.py). The server says
// it, too, with the day; but it may be out of reach by then.

const NAME = "signed-in";

// The number of the person; 0 when nobody has signed in, or long ago.
export function signedIn(): number {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${NAME}=`));
  return Number(found?.slice(NAME.length + 1) ?? 0);
}

export function forgetSignedIn(): void {
  document.cookie = `${NAME}=; path=/driver/; max-age=0`;
}
