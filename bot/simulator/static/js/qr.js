/** What a QR code in a picture says; loaded only when somebody clicks a picture. */

const QUIET = 24; // white pixels around, for codes cut close

/** @param {HTMLImageElement} image @returns {Promise<string | null>} */
export async function readQr(image) {
  const { default: decode } = await import("../vendor/qr/decode.js");
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth + 2 * QUIET;
  canvas.height = image.naturalHeight + 2 * QUIET;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, QUIET, QUIET);
  const { width, height, data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  try {
    return decode({ width, height, data });
  } catch {
    return null; // the library throws when there is no code in the picture
  }
}
