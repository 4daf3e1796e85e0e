"""Files both ways: uploaded, sent again by their id, downloaded, whoever sent them; and what Telegram refuses of them."""

import base64

import aiohttp
import pytest
from telegram import InputFile
from telegram.error import BadRequest

from bot.simulator.control_people import PNG_DOT
from tests.simulator.bench import BOT, workbench

SENDERS = {"photo": "send_photo", "document": "send_document", "voice": "send_voice", "sticker": "send_sticker"}  # fmt: skip


def media_of(message, kind: str):
    found = getattr(message, kind)
    return found[-1] if kind == "photo" else found


async def started(bench):
    siti = await bench.telegram.create_person("Siti")
    await siti.start()
    return siti


@pytest.mark.parametrize("kind", SENDERS)
async def test_what_a_bot_uploaded_is_downloaded_and_sent_again_by_its_id(kind):
    async with workbench() as bench:
        siti = await started(bench)
        send = getattr(bench.bot, SENDERS[kind])
        first = media_of(await send(siti.id, PNG_DOT), kind)
        again = media_of(await send(siti.id, first.file_id), kind)
        assert (again.file_id, again.file_unique_id) == (first.file_id, first.file_unique_id)
        file = await bench.bot.get_file(again.file_id)
        assert bytes(await file.download_as_bytearray()) == PNG_DOT


@pytest.mark.parametrize("kind", SENDERS)
async def test_what_a_person_sent_is_downloaded_and_sent_back_by_its_id(kind):
    async with workbench() as bench:
        siti = await started(bench)
        content = PNG_DOT if kind == "photo" else b"isi berkas"
        await bench.telegram.post(f"people/{siti.id}/{kind}", {"base64": _base64(content)})
        got = media_of((await bench.bot.get_updates())[-1].message, kind)
        file = await got.get_file()
        assert bytes(await file.download_as_bytearray()) == content
        await getattr(bench.bot, SENDERS[kind])(siti.id, got.file_id)
        mine, theirs = (await siti.chat()).messages[-2:]
        assert mine.file == theirs.file


@pytest.mark.parametrize(
    ("kind", "name"), [("photo", "Photo"), ("voice", "VoiceNote"), ("sticker", "Sticker")]
)
async def test_a_file_cannot_be_sent_as_another_kind(kind, name):
    async with workbench(with_bot=False) as bench:
        siti = await started(bench)
        await bench.telegram.post(f"people/{siti.id}/{kind}", {})
        file_id = (await siti.chat()).messages[-1].file.file_id
        _, answer = await bench.raw("sendDocument", chat_id=siti.id, document=file_id)
        assert answer["description"] == f"Bad Request: can't use file of type {name} as Document"


async def test_a_part_of_the_form_is_taken_by_its_name():
    async with workbench(with_bot=False) as bench, aiohttp.ClientSession() as session:
        siti = await started(bench)
        form = aiohttp.FormData({"chat_id": str(siti.id), "document": "attach://berkas"})
        form.add_field("berkas", b"isi", filename="rekap.xlsx", content_type="application/zip")
        async with session.post(f"{bench.url}/bot{BOT}/sendDocument", data=form) as answer:
            sent = (await answer.json())["result"]["document"]
        assert (sent["file_name"], sent["mime_type"], sent["file_size"]) == (
            "rekap.xlsx", "application/zip", 3,
        )  # fmt: skip


async def test_a_part_that_is_not_there_is_an_empty_file():
    async with workbench(with_bot=False) as bench:
        siti = await started(bench)
        _, answer = await bench.raw("sendDocument", chat_id=siti.id, document="attach://berkas")
        assert answer["description"] == "Bad Request: file must be non-empty"


async def test_a_thumbnail_is_taken_and_a_voice_has_a_caption_with_entities():
    async with workbench() as bench:
        siti = await started(bench)
        await bench.bot.send_document(siti.id, b"isi", thumbnail=InputFile(PNG_DOT, "kecil.png"))
        sent = await bench.bot.send_voice(siti.id, b"ogg", caption="<b>Baik</b>", parse_mode="HTML")
        assert (sent.caption, sent.caption_entities[0].type) == ("Baik", "bold")


@pytest.mark.parametrize("given", ["tidak-ada", "https://example.org/a.png"])
async def test_an_unknown_file_and_a_url_are_refused(given):
    async with workbench() as bench:
        siti = await started(bench)
        with pytest.raises(BadRequest) as refused:
            await bench.bot.send_photo(siti.id, given)
        assert refused.value.message == "Wrong file identifier/http url specified"


async def test_a_method_of_telegram_that_is_not_offered_is_refused_in_words():
    async with workbench(with_bot=False) as bench:
        status, answer = await bench.raw("sendmediagroup", chat_id=1)
        assert (status, answer["description"]) == (
            400, "Bad Request: sendMediaGroup is not offered here (simulator)",
        )  # fmt: skip


def _base64(content: bytes) -> str:

    return base64.b64encode(content).decode()


ODD_FILES = [
    ("hasil.csv", "text/csv; charset=utf-8", "hasil.csv", "text/csv"),
    ("../../etc/sandi.txt", "kosong", "sandi.txt", "application/octet-stream"),
    ("C:\\data\\hasil?.csv", "TEXT/CSV", "hasil?.csv", "text/csv"),
    ("\u202egnp.exe", "image/png", "gnp.exe", "image/png"),
    ("x" * 3000 + ".csv", "", "x" * 200 + ".csv", "application/octet-stream"),
    ("\x07", "a/b\x07", "file", "application/octet-stream"),
    ("laporan é.pdf", "application/pdf", "laporan é.pdf", "application/pdf"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "mime", "kept", "kept_mime"), ODD_FILES)
async def test_whatever_a_file_is_called_it_can_be_shown_and_fetched(name, mime, kept, kept_mime):
    async with workbench() as bench:
        siti = await started(bench)
        await bench.telegram.post(
            f"people/{siti.id}/document", {"name": name, "mime": mime, "base64": "aGFsbw=="}
        )
        shown = (await siti.chat()).messages[-1].file
        assert (shown.name, shown.mime) == (kept, kept_mime)
        assert await bench.telegram.file(siti.id, shown.file_id) == b"halo"
        fetched = await bench.bot.get_file(shown.file_id)
        assert bytes(await fetched.download_as_bytearray()) == b"halo"


async def test_a_name_in_another_encoding_spoils_nothing_for_the_page():
    body = b"\r\n".join((
        b"--b", b'Content-Disposition: form-data; name="chat_id"', b"", b"1",
        b"--b", b'Content-Disposition: form-data; name="document"; filename="h\xffasil.csv"', b"", b"a;b", b"--b--", b"",
    ))  # fmt: skip
    async with workbench() as bench, aiohttp.ClientSession() as session:
        siti = await bench.telegram.create_person("Siti", person_id=1)
        await siti.start()
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        address = f"{bench.url}/bot{BOT}/sendDocument"
        async with session.post(address, data=body, headers=headers) as answer:
            assert (await answer.json())["ok"]
        assert (await siti.chat()).messages[-1].file.name == "hasil.csv"


async def test_the_file_of_another_bot_is_unknown():
    async with workbench() as bench, aiohttp.ClientSession() as session:
        siti = await started(bench)
        sent = await bench.bot.send_document(siti.id, b"a;b", filename="hasil.csv")
        file_id = sent.document.file_id
        path = (await bench.bot.get_file(file_id)).file_path.rpartition("/documents/")[2]
        other = "bot42:another_bots_token"
        async with session.get(f"{bench.url}/{other}/getFile?file_id={file_id}") as answer:
            assert (await answer.json())["description"] == "Bad Request: invalid file_id"
        async with session.get(f"{bench.url}/file/{other}/documents/{path}") as answer:
            assert answer.status == 404
        await bench.telegram.post(f"people/{siti.id}/text?bot=simulator2_bot", {"text": "/start"})
        body = {"chat_id": siti.id, "document": file_id}
        async with session.post(f"{bench.url}/{other}/sendDocument", json=body) as answer:
            refused = "Bad Request: wrong file identifier/HTTP URL specified"
            assert (await answer.json())["description"] == refused
