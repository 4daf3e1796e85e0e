/** What the page says, in Indonesian and English. The bot's own words are the bot's. */

const WORDS = {
  id: {
    title: "Telegram di meja kerja", people: "Orang", phones: "HP", tour: "Panduan", clock: "Jam simulasi",
    search: "Cari nama", add: "Tambah orang", name: "Nama", save: "Simpan", cancel: "Batal",
    hour: "+1 jam", day: "+1 hari", morning: "Pagi kerja berikutnya", ninety: "+90 hari",
    jumping: "Waktu sedang berjalan ke depan…", happened: "Yang terjadi selama lompatan", nothing: "Tidak ada pesan terkirim.",
    messages: (/** @type {number} */ n) => `${n} pesan`, more: (/** @type {number} */ n) => `dan ${n} lainnya`, close: "Tutup", start: "MULAI",
    write: "Tulis pesan", send: "Kirim", attach: "Lampirkan", photo: "Foto", document: "Dokumen", voice: "Pesan suara (berkas)",
    contact: "Bagikan kontak saya", commands: "Menu perintah", keyboard: "Papan tombol", edit: "Ubah pesan", editing: "Mengubah pesan", edited: "diedit",
    block: "Blokir bot", unblock: "Buka blokir", options: "Pilihan", blocked: "memblokir bot", gone: "akun dihapus",
    typing: "sedang mengetik…", bot: "bot", down: "Ke pesan terbaru", unread: (/** @type {number} */ n) => `${n} belum dibaca`,
    offline: "Sambungan ke simulator terputus. Mencoba menyambung lagi…", online: "Tersambung lagi.",
    noBot: "Belum ada bot yang tersambung.", point: "Jalankan bot Anda dengan alamat dasar ini dan token apa pun yang berbentuk angka:huruf.",
    nobody: "Belum ada orang. Tambahkan satu untuk mulai mengobrol.", openAs: (/** @type {string} */ who) => `Buka sebagai ${who}`,
    qr: "Kode QR ini membuka:", noQr: "Gambar ini bukan kode QR.", picture: "Gambar", download: "Unduh", refused: "Simulator menolak:",
    participant: "peserta", coordinator: "koordinator", administrator: "administrator", superior: "atasan",
    theme: "Terang atau gelap", language: "English", empty: "Belum ada pesan", done: "selesai", of: (/** @type {number} */ a, /** @type {number} */ b) => `${a} dari ${b}`,
    show: "Lihat HP", jump: "Lompat", mine: "Pesan Anda", bots: "Pesan bot", base: "Alamat dasar", token: "Token",
    chatOf: (/** @type {string} */ who) => `Obrolan ${who}`, beforeStart: "Belum ada pesan. Ketuk MULAI untuk membuka obrolan dengan bot ini.", hideTour: "Sembunyikan panduan", contactOf: "Kontak", sticker: "Stiker", today: "Hari ini", ok: "Baik", phoneOf: (/** @type {string} */ who) => `HP ${who}`,
  },
  en: {
    title: "Telegram on the workbench", people: "People", phones: "Phones", tour: "Guide", clock: "Simulated clock",
    search: "Search a name", add: "Add a person", name: "Name", save: "Save", cancel: "Cancel",
    hour: "+1 hour", day: "+1 day", morning: "Next working morning", ninety: "+90 days",
    jumping: "Time is moving on…", happened: "What happened during the jump", nothing: "No message was sent.",
    messages: (/** @type {number} */ n) => (n === 1 ? "1 message" : `${n} messages`), more: (/** @type {number} */ n) => `and ${n} more`, close: "Close", start: "START",
    write: "Write a message", send: "Send", attach: "Attach", photo: "Photo", document: "Document", voice: "Voice message (file)",
    contact: "Share my contact", commands: "Commands", keyboard: "Keyboard", edit: "Edit message", editing: "Editing a message", edited: "edited",
    block: "Block the bot", unblock: "Unblock", options: "Options", blocked: "blocked the bot", gone: "account deleted",
    typing: "typing…", bot: "bot", down: "To the newest message", unread: (/** @type {number} */ n) => `${n} unread`,
    offline: "The connection to the simulator is lost. Trying again…", online: "Connected again.",
    noBot: "No bot is connected yet.", point: "Start your bot with this base address and any token of the form digits:letters.",
    nobody: "Nobody is here yet. Add a person to begin a chat.", openAs: (/** @type {string} */ who) => `Open as ${who}`,
    qr: "This QR code opens:", noQr: "This picture is no QR code.", picture: "Picture", download: "Download", refused: "The simulator refuses:",
    participant: "participant", coordinator: "coordinator", administrator: "administrator", superior: "superior",
    theme: "Light or dark", language: "Bahasa Indonesia", empty: "No messages yet", done: "done", of: (/** @type {number} */ a, /** @type {number} */ b) => `${a} of ${b}`,
    show: "Show the phone", jump: "Jump", mine: "Your message", bots: "Message of the bot", base: "Base address", token: "Token",
    chatOf: (/** @type {string} */ who) => `Chat of ${who}`, beforeStart: "No messages yet. Press START to open the chat with this bot.", hideTour: "Hide the guide", contactOf: "Contact", sticker: "Sticker", today: "Today", ok: "OK", phoneOf: (/** @type {string} */ who) => `${who}'s phone`,
  },
};

const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem("lang");
let language = asked === "en" ? "en" : "id";

/** @param {string} key @param {...any} values @returns {string} */
export function say(key, ...values) {
  const word = /** @type {any} */ (WORDS)[language][key] ?? key;
  return typeof word === "function" ? word(...values) : word;
}

export const current = () => language;
export const locale = () => (language === "id" ? "id-ID" : "en-GB");

export function switchLanguage() {
  language = language === "id" ? "en" : "id";
  localStorage.setItem("lang", language);
}
