"""Heavy work beside the chats: it steps back for them."""

import pytest

from bot.child_process import ChildFailed, run_module

SLOW = "import os, sys, time; time.sleep(0.5); sys.exit(f'nice {os.nice(0)}')"


async def test_heavy_work_runs_at_a_lower_priority():
    with pytest.raises(ChildFailed, match="nice 10"):
        await run_module("timeit", ["-n", "1", "-r", "1", "-s", SLOW, "pass"], 20)


async def test_heavy_work_keeps_one_core_free():
    told = "import os, sys; sys.exit('threads ' + os.environ['OPENBLAS_NUM_THREADS'])"
    with pytest.raises(ChildFailed, match="threads 1"):
        await run_module("timeit", ["-n", "1", "-r", "1", "-s", told, "pass"], 20)
