// A picture as it goes to the office: small enough to send, and nothing in it but the picture.

const SIDE = 1600; // pixels
const QUALITY = 0.8;

export async function digest(content: ArrayBuffer): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function drawn(canvas: HTMLCanvasElement, kind: string): Promise<ArrayBuffer> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, kind, QUALITY));
  if (!blob) throw new Error("nothing was drawn");
  return blob.arrayBuffer();
}

// Draw the photo anew, at most `SIDE` pixels each way, upright. Throws for what is no picture.
export async function smallJpeg(file: Blob): Promise<ArrayBuffer> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return drawn(canvas, "image/jpeg");
}

export async function png(canvas: HTMLCanvasElement): Promise<ArrayBuffer> {
  return drawn(canvas, "image/png");
}

export type Spot = { latitude?: number; longitude?: number; accuracy?: number };

const PATIENCE = 2_500; // ms

// Where the phone is, if it may tell and knows at once; a photo never waits for it. A question that
// nobody answers has no timeout of its own: the phone waits for the answer first.
export async function spot(): Promise<Spot> {
  return new Promise((found) => {
    if (!navigator.geolocation) return found({});
    setTimeout(() => found({}), PATIENCE);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const [latitude, longitude] = [coords.latitude, coords.longitude].map((x) => +x.toFixed(6));
        found({ latitude, longitude, accuracy: Math.round(coords.accuracy) });
      },
      () => found({}),
      { maximumAge: 60_000, timeout: 2_000 },
    );
  });
}
