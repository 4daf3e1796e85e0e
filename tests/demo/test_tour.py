"""The tour without its page: start, stop, what goes wrong, and how steps are seen. tests/test_tour.py takes the whole tour."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.demo.cast import the_class
from bot.demo.story import ADMIN, COORDINATOR
from bot.demo.tour import milestones, panel
from bot.simulator import client_tour
from bot.simulator.views import ChatView, MessageView
from tests.touring import Touring, person_of, start, touring

KNOWN = milestones.sentences(panel.TEXTS_DIR)
NOON = datetime(2026, 10, 16, 5, tzinfo=UTC)
TOGETHER = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tour() -> AsyncIterator[Touring]:
    """For those who leave the day as it is, and at last for who does not wait for its end."""
    async with touring("--lang", "en") as started:
        yield started


@TOGETHER
async def test_before_the_follow_up_the_superior_has_to_wait_and_is_told_why(tour: Touring):
    assert "has not been sent" in await tour.press("superior")
    shown = await tour.tour()
    assert shown.title == "Five-minute tour"
    assert (await tour.client.now()).day == 16


@TOGETHER
async def test_a_phone_that_the_visitor_has_taken_in_hand_is_carried_on_from_there(tour: Touring):
    """Somebody opened the bot without a link, and stopped at the question for the name."""
    visitor = person_of(await tour.tour(), "answer")
    await tour.act(visitor, "text", text="/start")
    await tour.press("answer")
    await tour.ticked("scan", "connect", "answer")


@TOGETHER
async def test_who_presses_twice_is_told_to_wait_and_nothing_begins_twice(tour: Touring):
    await client_tour.press(tour.client, "class")
    await client_tour.press(tour.client, "days")
    shown = await tour.until(lambda one: "still under way" in one.progress.text)
    assert shown.progress.action == "class"
    now = await tour.client.now()
    assert now.day == 16


async def test_ctrl_c_ends_the_tour_and_its_children_without_a_traceback():
    async with touring() as tour:
        children = set(children_of(tour.process.pid))
        assert len(children) == 2
        tour.process.send_signal(signal.SIGINT)
        output = (await tour.process.stdout.read()).decode()
        assert await tour.process.wait() == 0
        assert "Traceback" not in output
        assert not [pid for pid in children if alive(pid)]


def test_ctrl_c_while_the_tour_is_still_being_loaded_is_no_traceback_either():
    done = python(
        "import os, signal, sys; from bot.__main__ import main; "
        "signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT)); "
        "signal.setitimer(signal.ITIMER_REAL, 0.1, 5); sys.exit(main(['tour', '--port', '0']))"
    )
    assert done.returncode in {0, 130}
    assert "Traceback" not in done.stderr


def test_without_a_folder_to_write_to_it_says_what_to_do():
    """As root every folder can be written to, so Python is told of one that cannot be."""
    done = python(
        "import sys, tempfile; tempfile.tempdir = '/proc/nowhere'; from bot.__main__ import main; "
        "sys.exit(main(['tour', '--port', '0', '--no-browser']))"
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The tour needs a folder that it can write to: ")
    assert "TMPDIR=" in done.stderr


async def test_a_bot_that_died_is_reported_with_the_last_lines_of_its_log():
    async with touring() as tour:
        (bot,) = [pid for pid in children_of(tour.process.pid) if "run" in command_of(pid)]
        os.kill(bot, signal.SIGKILL)
        output = (await tour.process.stdout.read()).decode()
        assert await tour.process.wait() == 1
        assert "the bot has ended" in output
        assert "the bot receives" in output
        assert "Traceback" not in output


async def test_a_taken_port_is_said_with_the_remedy():
    with socket.create_server(("127.0.0.1", 0)) as other:
        process = await start("--port", str(other.getsockname()[1]))
        output = (await process.communicate())[0].decode()
    assert process.returncode == 2
    assert "make tour PORT=" in output
    assert "Traceback" not in output


def test_every_step_has_its_words_in_both_languages_and_a_phone_that_exists():
    who = panel.parts(the_class(1))
    assert who.visitor not in who.others
    assert len(who.others) == 29
    for language in ("id", "en"):
        shown = panel.panel(panel.panel_texts(), language, who, "p123", "http://127.0.0.1:1/tour")
        words = " ".join(f"{step.title} {step.text}" for step in shown.steps)
        assert "{" not in words
        assert {step.person for step in shown.steps} == {
            0, who.visitor.chat_id, who.delayer.chat_id, who.superior.chat_id, ADMIN, COORDINATOR,
        }  # fmt: skip


SEEN = [
    ("visitor", 'Selamat datang, Bapak/Ibu. Ini bot resmi BKPSDMD untuk Keuangan.\nAgar tidak perlu mengetik NIP, ketuk "Pilih nama saya" untuk mencocokkan dengan daftar peserta.', {"scan"}),
    ("visitor", "Connected as Fitri, BPKAD.", {"scan", "connect"}),
    ("visitor", "Thank you. Your answers are complete and were saved on today.\nUntil tomorrow they can still be changed. In about 3 months we will ask how you put it into practice.", {"answer"}),
    ("visitor", "BKPSDMD: tinggal 3 pertanyaan\nJawaban Bapak/Ibu yang tadi sudah tersimpan. Sisanya sekitar 1 menit, mulai dari pertanyaan terakhir.", {"reminder"}),
    ("admin", "RINGKASAN EVALUASI PELATIHAN\nHasil peserta (n = 17)", {"monday"}),
    ("admin", "RINGKASAN EVALUASI PELATIHAN\nAtasan: 0 dari 30 penilaian (0,0%)\nHasil alumni (n = 11)", {"monday"}),
    ("admin", "RINGKASAN EVALUASI PELATIHAN\nAtasan: 1 dari 30 penilaian (3,3%)\nHasil alumni (n = 11)", {"monday", "summary"}),
    ("coordinator", "Tindak lanjut 3 bulan - Keuangan\nMengirim 21 dari 35 ...", {"followup"}),
    ("coordinator", "Tindak lanjut 3 bulan - Keuangan\nAkan dikirim: 35 alumni, besok mulai 08.30.", set()),
    ("superior", "Selamat datang", set()),
]  # fmt: skip


@pytest.mark.parametrize(("part", "text", "steps"), SEEN)
def test_a_step_is_seen_in_the_words_of_the_bot(part: str, text: str, steps: set[str]):
    message = MessageView(1, NOON, 9, "Bot", from_bot=True, kind="text", text=text, html="")
    chat = ChatView(7, "private", "Fitri", False, True, (), (message,), ())
    assert {one.step for one in milestones.sightings(KNOWN, {part: chat})} == steps


def test_what_a_person_wrote_is_no_sight_of_a_step():
    message = MessageView(1, NOON, 7, "Fitri", False, "text", "Connected as Fitri, BPKAD.", "")
    chat = ChatView(7, "private", "Fitri", False, True, (), (message,), ())
    assert milestones.sightings(KNOWN, {"visitor": chat}) == []


def python(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )


def children_of(parent: int) -> list[int]:
    return [int(pid) for pid in ps("--ppid", str(parent), "-o", "pid=").split()]


def command_of(pid: int) -> str:
    return ps("-p", str(pid), "-o", "args=")


def alive(pid: int) -> bool:
    return bool(ps("-p", str(pid), "-o", "pid="))


def ps(*arguments: str) -> str:
    return subprocess.run(["ps", *arguments], capture_output=True, text=True, check=False).stdout
